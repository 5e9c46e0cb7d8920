package topdraw.spark;

import java.io.IOException;
import java.util.List;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reference.PolicyContext;
import topdraw.reference.PolicyProvider;
import topdraw.reference.ReferencePolicy;

/// Offers policies on servers that the executors of a cluster draw from, as `spark:MASTER
/// server:URL`, with the settings of `server`.
public final class SparkPolicyProvider implements PolicyProvider {
  private static final String EXAMPLE = "spark:local[2] server:http://127.0.0.1:8000";

  /// The service loader's constructor.
  public SparkPolicyProvider() {}

  @Override
  public List<Offer<ReferencePolicy, PolicyContext>> offers() {
    return List.of(new Offer<>("spark", "spark:MASTER server:URL", SparkPolicyProvider::open));
  }

  private static ReferencePolicy open(Asked asked, PolicyContext context) throws IOException {
    String[] words = asked.required(EXAMPLE).strip().split("\\s+", 2);
    if (words.length < 2 || !words[1].startsWith("server:")) {
      throw new InputException(
          Problem.MISSING,
          asked.spec()
              + ": executors draw from servers; name cluster and server, as in "
              + EXAMPLE);
    }
    return SparkPolicy.open(words[0], words[1], context);
  }
}
