package dev.assay.receiver.attribution;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.Signature;

/** Lines that one key signed; those of the change are signed alike. docs/attribution.md, N5. */
final class SignedAlphabet implements Alphabet {
  private final SigningKey key;

  SignedAlphabet(SigningKey key) {
    this.key = key;
  }

  @Override
  public ComparedLine added(String source) {
    return of(key.signature(NormalisedLine.of(source).text()));
  }

  @Override
  public ComparedLine written(Line line, boolean notebook) {
    return of(line.getSignature());
  }

  private static ComparedLine of(Signature signature) {
    String letters = signature.getLetters();
    String text = letters.isEmpty() ? "" : SignedText.of(signature.getHash(), letters.length());
    return new ComparedLine(text, letters, signature.getEffective());
  }
}
