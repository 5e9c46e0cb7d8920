package topdraw.bench;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Data flows one way, and so do the dependencies.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("topdraw");

  @Test
  void modulesKnowOnlyWhatComesBeforeThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("theory")
        .definedBy("topdraw.theory..")
        .layer("core")
        .definedBy(
            "topdraw.input..",
            "topdraw.provider..",
            "topdraw.json..",
            "topdraw.reference..",
            "topdraw.reward..",
            "topdraw.selection..",
            "topdraw.draw..",
            "topdraw.audit..",
            "topdraw.estimate..",
            "topdraw.search..",
            "topdraw.plan..")
        .layer("llama")
        .definedBy("topdraw.llama..")
        .layer("recordings")
        .definedBy("topdraw.recordings..")
        .layer("report")
        .definedBy("topdraw.report..")
        .layer("cli")
        .definedBy("topdraw.cli..")
        .whereLayer("theory")
        .mayNotAccessAnyLayer()
        .whereLayer("core")
        .mayOnlyAccessLayers("theory")
        .whereLayer("llama")
        .mayOnlyAccessLayers("theory", "core")
        .whereLayer("recordings")
        .mayOnlyAccessLayers("theory", "core")
        .whereLayer("report")
        .mayOnlyAccessLayers("theory", "core")
        .check(CLASSES);
  }

  @Test
  void insideCoreTheWalkGoesFromTheDrawToTheEstimate() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("input")
        .definedBy("topdraw.input..")
        .layer("provider")
        .definedBy("topdraw.provider..")
        .layer("json")
        .definedBy("topdraw.json..")
        .layer("draw")
        .definedBy("topdraw.draw..")
        .layer("reference")
        .definedBy("topdraw.reference..")
        .layer("reward")
        .definedBy("topdraw.reward..")
        .layer("selection")
        .definedBy("topdraw.selection..")
        .layer("audit")
        .definedBy("topdraw.audit..")
        .layer("estimate")
        .definedBy("topdraw.estimate..")
        .whereLayer("input")
        .mayNotAccessAnyLayer()
        .whereLayer("provider")
        .mayOnlyAccessLayers("input")
        .whereLayer("json")
        .mayOnlyAccessLayers("input")
        .whereLayer("draw")
        .mayOnlyAccessLayers("input", "json")
        .whereLayer("reference")
        .mayOnlyAccessLayers("input", "provider", "draw")
        .whereLayer("reward")
        .mayOnlyAccessLayers("input", "provider", "draw", "reference", "json")
        .whereLayer("selection")
        .mayOnlyAccessLayers("input", "draw", "reference", "reward")
        .whereLayer("audit")
        .mayOnlyAccessLayers("draw")
        .whereLayer("estimate")
        .mayOnlyAccessLayers("input", "draw", "reference", "reward", "selection", "audit")
        .layer("plan")
        .definedBy("topdraw.plan..")
        .whereLayer("plan")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }
}
