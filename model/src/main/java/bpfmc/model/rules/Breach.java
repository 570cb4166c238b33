package bpfmc.model.rules;

import java.util.OptionalInt;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What a rule found.
 *
 * @param variant which of the rule's messages the kernel gives; "" where it has one
 * @param arguments for the message's {@code {0}}, {@code {1}}
 * @param why one sentence in our words
 * @param related slot of the instruction that the sentence is about as well (where the lock was taken)
 */
record Breach(String variant, ImmutableList<String> arguments, String why, OptionalInt related) {
    static Breach because(String why) {
        return new Breach("", Lists.immutable.empty(), why, OptionalInt.empty());
    }

    Breach saying(String otherVariant, Object... values) {
        return new Breach(otherVariant, Lists.immutable.with(values).collect(String::valueOf), why, related);
    }

    Breach with(Object... values) {
        return saying(variant, values);
    }

    Breach since(int slot) {
        return new Breach(variant, arguments, why, OptionalInt.of(slot));
    }
}
