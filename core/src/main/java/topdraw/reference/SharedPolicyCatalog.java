package topdraw.reference;

import java.io.IOException;
import java.util.List;
import topdraw.input.InputException;
import topdraw.provider.Offers;

/// Every shared policy that can be asked for by name: what the class path offers
/// ([SharedPolicyProvider]).
public final class SharedPolicyCatalog {
  private final Offers<SharedPolicy, SharedPolicyContext> offers =
      Offers.of(SharedPolicyProvider.class);

  /// What is offered here.
  public SharedPolicyCatalog() {}

  /// How policies are asked for here.
  ///
  /// @return each name, with the place of its argument
  public List<String> names() {
    return offers.forms();
  }

  /// Opens a shared policy.
  ///
  /// @param spec `name` or `name:argument`, as in `llama:FILE.gguf`
  /// @param context what it is opened with
  /// @return the policy; the caller closes it
  /// @throws InputException if there is none of that name, or its argument is wrong
  /// @throws IOException if something cannot be read
  public SharedPolicy open(String spec, SharedPolicyContext context) throws IOException {
    return offers.require(spec, context, "reference policy that many can ask at once");
  }
}
