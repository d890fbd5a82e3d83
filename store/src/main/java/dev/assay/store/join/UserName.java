package dev.assay.store.join;

import dev.assay.store.fact.Identity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name under which a person is shown, before aliases. */
public final class UserName {
  private UserName() {}

  /**
   * The best of an identity: email, account id, API key name, git email, end user id, install id;
   * null where nothing is known.
   */
  public static @Nullable String of(Identity identity) {
    String[] bestFirst = {
      address(identity.email()),
      text(identity.accountId()),
      text(identity.apiKeyName()),
      address(identity.gitEmail()),
      text(identity.endUserId()),
      text(identity.installId())
    };
    for (String name : bestFirst) {
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** Email addresses differ in case between git, forges and logins, and mean one mailbox. */
  public static @Nullable String address(@Nullable String email) {
    String text = text(email);
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  static @Nullable String text(@Nullable String name) {
    return name == null || name.isBlank() ? null : name.strip();
  }
}
