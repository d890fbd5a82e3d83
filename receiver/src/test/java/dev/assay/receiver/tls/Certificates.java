package dev.assay.receiver.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;

/**
 * Self-signed certificates, made by the JDK's own keytool.
 *
 * @param cert PEM; who trusts it trusts the holder of the key
 * @param key PEM
 */
public record Certificates(Path cert, Path key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** A new key, and a certificate for this machine's loopback. */
  public static Certificates make(Path folder, String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "x",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new Certificates(
        pem(folder.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate("x").getEncoded()),
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", keys.getKey("x", PASSWORD).getEncoded()));
  }

  /** Puts the files of another certificate in the place of these, as a renewal does. */
  public void become(Certificates next) throws IOException {
    FileTime later = FileTime.from(Instant.now().plusSeconds(60)); // a change within a tick is one
    Files.copy(next.key, key, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(next.cert, cert, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(key, later);
    Files.setLastModifiedTime(cert, later);
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
