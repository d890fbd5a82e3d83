package dev.assay.store.embedded;

/** The store's own set of keys, for who measures it. */
public final class SetOfKeys {
  private final StoredKeys keys = new StoredKeys("keys", new KeyRoom());

  /** Begins without any. */
  public SetOfKeys() {
    keys.whole(true);
  }

  /** Learns of a key. */
  public void add(String key) {
    keys.add(keys.hash(key));
  }

  /** Whether the key may be there. */
  public boolean mayHold(String key) {
    return keys.mayHold(keys.hash(key));
  }
}
