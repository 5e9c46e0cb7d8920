package topdraw.reference;

import java.io.IOException;
import java.util.List;
import topdraw.input.InputException;
import topdraw.provider.Offers;

/// Every reference policy that can be asked for by name: what the class path offers
/// ([PolicyProvider]).
public final class PolicyCatalog {
  private final Offers<ReferencePolicy, PolicyContext> offers = Offers.of(PolicyProvider.class);

  /// What is offered here.
  public PolicyCatalog() {}

  /// How policies are asked for here.
  ///
  /// @return each name, with the place of its argument
  public List<String> names() {
    return offers.forms();
  }

  /// Opens a reference policy.
  ///
  /// @param spec `name` or `name:argument`, as in `recording:my-run`
  /// @param context what it is opened with
  /// @return the policy; the caller closes it
  /// @throws InputException if there is none of that name, or its argument is wrong
  /// @throws IOException if something cannot be read
  public ReferencePolicy open(String spec, PolicyContext context) throws IOException {
    return offers.require(spec, context, "reference policy");
  }
}
