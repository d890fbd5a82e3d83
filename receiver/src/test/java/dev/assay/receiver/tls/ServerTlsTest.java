package dev.assay.receiver.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
  @TempDir Path folder;

  @Test
  void damagedOrHalfRenewedFiles_leaveTheOldCertificate() throws Exception {
    Certificates server = Certificates.make(folder, "server");
    Certificates next = Certificates.make(folder, "next");
    TlsFiles files = new TlsFiles(server.cert(), server.key(), null, Duration.ofHours(1));
    try (ServerTls tls = ServerTls.open(files, "test")) {
      assertThat(shown(tls)).isEqualTo("CN=server");

      String good = Files.readString(server.cert());
      Files.writeString(server.cert(), good.substring(0, 80));
      tls.look();
      assertThat(shown(tls)).as("a piece of a certificate").isEqualTo("CN=server");

      Files.copy(next.cert(), server.cert(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      tls.look();
      assertThat(shown(tls)).as("a certificate without its key").isEqualTo("CN=server");

      server.become(next);
      tls.look();
      assertThat(shown(tls)).isEqualTo("CN=next");

      Files.delete(server.key());
      tls.look();
      assertThat(shown(tls)).as("a key that is gone").isEqualTo("CN=next");
    }
  }

  private static String shown(ServerTls tls) {
    String alias = Objects.requireNonNull(tls.keys().chooseEngineServerAlias("EC", null, null));
    X509Certificate[] chain = tls.keys().getCertificateChain(alias);
    return chain[0].getSubjectX500Principal().getName();
  }
}
