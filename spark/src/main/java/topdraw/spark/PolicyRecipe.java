package topdraw.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.SparkEnv;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.DrawFailedException;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;

/// How a task opens the policy, and what it must find. Keys are not in it: each machine takes them
/// from its own environment, or from the file that is named.
///
/// @param spec which policy
/// @param settings what it is told
/// @param provenance what it is, as the driver has found it
record PolicyRecipe(String spec, HashMap<String, String> settings, Provenance provenance)
    implements Serializable {
  /// What is open in this process and not drawn from, so that not every task asks servers what they
  /// are.
  private static final Map<PolicyRecipe, Queue<ReferencePolicy>> IDLE = new ConcurrentHashMap<>();

  /// @param driver the policy as it is open on the driver
  static PolicyRecipe of(String spec, PolicyContext context, ReferencePolicy driver) {
    HashMap<String, String> settings = new HashMap<>(context.settings());
    // Margins are measured; one measurement holds for all.
    String found = driver.provenance().fingerprint().get(PolicyContext.LOG_PROBABILITIES);
    if (found != null) {
      settings.put(PolicyContext.LOG_PROBABILITIES, found);
    }
    return new PolicyRecipe(spec, settings, driver.provenance());
  }

  /// A policy for one task.
  ///
  /// @throws InputException if it is another here than on the driver
  /// @throws DrawFailedException if a server does not answer here
  ReferencePolicy take() throws IOException {
    ReferencePolicy idle = idle().poll();
    return idle != null ? idle : open();
  }

  /// Keeps a policy for the next task.
  void giveBack(ReferencePolicy policy) {
    idle().add(policy);
  }

  /// Closes what is open in this process.
  void close() {
    Queue<ReferencePolicy> idle = IDLE.remove(this);
    if (idle != null) {
      idle.forEach(ReferencePolicy::close);
    }
  }

  private Queue<ReferencePolicy> idle() {
    return IDLE.computeIfAbsent(this, recipe -> new ConcurrentLinkedQueue<>());
  }

  private ReferencePolicy open() throws IOException {
    String here = SparkEnv.get().blockManager().blockManagerId().host();
    ReferencePolicy policy;
    try {
      policy =
          new PolicyCatalog()
              .open(
                  spec,
                  new PolicyContext(
                      provenance.sampling(),
                      provenance.seed(),
                      settings,
                      DownloadProgress.SILENT,
                      Surroundings.of(System.getenv())));
    } catch (DrawFailedException e) {
      throw new DrawFailedException("on the executor " + here + ": " + e.getMessage());
    }
    if (!policy.provenance().equals(provenance)) {
      Provenance other = policy.provenance();
      policy.close();
      throw new InputException(
          Problem.CONFLICT,
          "draws of one run come from one policy, and %s is %s %s on the driver and %s %s on the executor %s"
              .formatted(
                  spec,
                  provenance.model(),
                  provenance.fingerprint(),
                  other.model(),
                  other.fingerprint(),
                  here));
    }
    return policy;
  }
}
