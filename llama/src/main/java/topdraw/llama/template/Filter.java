package topdraw.llama.template;

/// One filter, as `value | name(arguments)` uses it.
interface Filter {
  Value of(Value value, Value.Arguments arguments);
}
