package bpfmc.explorer.check;

import bpfmc.explorer.condition.UserExplanation;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.verdict.Explanation;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Everything that a report may name as violated: what is judged always, on request, and what users state. */
public final class AllProperties {
    private static final ImmutableList<RunSetProperty> ON_REQUEST = Lists.immutable.with(new Atomicity());

    private static final ImmutableList<Explanation> ALL = Properties.all().<Explanation>collect(p -> p).newWithAll(ON_REQUEST).newWithAll(UserExplanation.all());

    private AllProperties() {}

    /** {@return those that are judged on request only} */
    public static ImmutableList<RunSetProperty> onRequest() {
        return ON_REQUEST;
    }

    /** {@return what is said of each} */
    public static ImmutableList<Explanation> explanations() {
        return ALL;
    }

    /** {@return what is said of the property of that name} */
    public static Optional<Explanation> explanation(String name) {
        return ALL.detectOptional(e -> e.name().equals(name));
    }

    /** {@return those that one may ask for by name; what users state is asked for by stating it} */
    public static ImmutableList<Explanation> named() {
        return Properties.all().<Explanation>collect(p -> p).newWithAll(ON_REQUEST);
    }
}
