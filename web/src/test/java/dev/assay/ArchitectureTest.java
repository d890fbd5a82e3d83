package dev.assay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Keeps the arrows of docs/architecture.md. The agent's are kept by Maven: it depends on {@code
 * proto} alone.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.assay");

  @Test
  void modules_importOnlyDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("proto")
        .definedBy("dev.assay.proto..")
        .layer("store")
        .definedBy("dev.assay.store..")
        .layer("receiver")
        .definedBy("dev.assay.receiver..")
        .layer("web")
        .definedBy("dev.assay.web..")
        .whereLayer("web")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("receiver")
        .mayOnlyBeAccessedByLayers("web")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("receiver", "web")
        .whereLayer("proto")
        .mayOnlyBeAccessedByLayers("store", "receiver", "web")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCircles() {
    slices().matching("dev.assay.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void engines_stayInsideTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.assay.store.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.duckdb..", "net.openhft..")
        .check(CLASSES);
  }

  @Test
  void attribution_isAPureFunction() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.receiver.attribution..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio.file..", "java.net..", "java.sql..", "io.grpc..", "io.javalin..")
        .check(CLASSES);
  }

  @Test
  void formatsOfOtherTools_arePureFunctions_ofWhatTheStoreTells() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.web.interchange..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.file..",
            "io.javalin..",
            "dev.assay.receiver..",
            "dev.assay.web.api..",
            "dev.assay.web.command..")
        .check(CLASSES);
  }

  @Test
  void survival_asksGitAndStore_andNeverTheRules() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.receiver.survival..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.assay.receiver.attribution..", "dev.assay.receiver.follow..")
        .check(CLASSES);
  }

  @Test
  void javalin_servesTheWebAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.assay.proto..", "dev.assay.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
        .check(CLASSES);
  }
}
