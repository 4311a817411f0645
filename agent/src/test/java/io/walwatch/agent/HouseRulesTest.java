/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Dependencies follow the data and never turn back. */
final class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.walwatch");

  @Test
  void shouldLetDependenciesFollowTheData() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("parse")
        .definedBy("io.walwatch.parse..")
        .layer("tail")
        .definedBy("io.walwatch.agent.tail..")
        .layer("archive")
        .definedBy("io.walwatch.agent.archive..")
        .layer("inventory")
        .definedBy("io.walwatch.agent.inventory..")
        .layer("jobs")
        .definedBy("io.walwatch.agent.jobs..")
        .layer("evidence")
        .definedBy("io.walwatch.agent.evidence..")
        .layer("config")
        .definedBy("io.walwatch.agent.config..")
        .layer("state")
        .definedBy("io.walwatch.agent.state..")
        .layer("metrics")
        .definedBy("io.walwatch.agent.metrics..")
        .layer("http")
        .definedBy("io.walwatch.agent.http..")
        .layer("app")
        .definedBy("io.walwatch.agent.app..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("http", "app")
        .whereLayer("state")
        .mayOnlyBeAccessedByLayers("metrics", "http", "app")
        .whereLayer("tail")
        .mayOnlyBeAccessedByLayers("state", "app")
        .whereLayer("archive")
        .mayOnlyBeAccessedByLayers("inventory", "state", "metrics", "http", "config", "app")
        .whereLayer("inventory")
        .mayOnlyBeAccessedByLayers("state", "metrics", "http", "app")
        .whereLayer("jobs")
        .mayOnlyBeAccessedByLayers("state", "app")
        .whereLayer("evidence")
        .mayOnlyBeAccessedByLayers("inventory", "jobs", "http", "app")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("app")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.walwatch.agent.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldKeepWhatAllUseFreeOfThemAll() {
    noClasses()
        .that()
        .resideInAPackage("io.walwatch.agent.files..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.walwatch..")
                .and(resideOutsideOfPackage("io.walwatch.agent.files..")))
        .check(CLASSES);
  }

  @Test
  void shouldKeepParsersFreeOfFilesThreadsAndClocks() {
    noClasses()
        .that()
        .resideInAPackage("io.walwatch.parse..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..", "java.util.concurrent..", "org.apache..", "io.undertow..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.walwatch.parse..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void shouldKnowMicrometerInOnePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.walwatch.agent.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void shouldKnowUndertowInOnePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.walwatch.agent.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.undertow..", "org.xnio..")
        .check(CLASSES);
  }
}
