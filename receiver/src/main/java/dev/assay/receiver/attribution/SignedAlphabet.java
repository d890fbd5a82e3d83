package dev.assay.receiver.attribution;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.Signature;

/**
 * Lines that one key signed. Those of the change are signed alike; since their text is at hand, the
 * letters of short ones are known too. docs/attribution.md, rule N5.
 */
final class SignedAlphabet implements Alphabet {
  private final SigningKey key;

  SignedAlphabet(SigningKey key) {
    this.key = key;
  }

  @Override
  public ComparedLine added(String source) {
    String normalised = NormalisedLine.of(source).text();
    ComparedLine line = of(key.signature(normalised));
    return line.letters().isEmpty() && !normalised.isEmpty()
        ? new ComparedLine(line.text(), key.letters(normalised), line.effective())
        : line;
  }

  @Override
  public ComparedLine written(Line line, boolean notebook) {
    return of(line.getSignature());
  }

  private static ComparedLine of(Signature signature) {
    return switch (signature.getKind()) {
      case BLANK, UNRECOGNIZED -> new ComparedLine("", "", false);
      case MARK -> new ComparedLine(SignedText.MARK, "", false);
      case SHORT -> new ComparedLine(SignedText.ofShort(signature.getChars()), "", true);
      case SIGNED -> signed(signature, true);
      case SIGNED_MARK -> signed(signature, false);
    };
  }

  private static ComparedLine signed(Signature signature, boolean effective) {
    String text = SignedText.of(signature.getHash(), signature.getLetters().size());
    return new ComparedLine(text, SigningKey.letters(signature), effective);
  }
}
