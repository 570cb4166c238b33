package bpfmc.model.rules;

import bpfmc.model.btf.BtfType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What a program's own BTF declaration tags say of loading it as root, as the kernel's selftests carry them:
 * {@code comment:test_expect_failure}, {@code comment:3:test_expect_msg=...} (the number keeps the order of the source);
 * tools/testing/selftests/bpf/progs/bpf_misc.h. Tags about unprivileged loading and about what a loaded program does are
 * passed over.
 *
 * @param loads whether the program is expected to load
 * @param messages that the log is expected to hold
 */
record Expectation(boolean loads, ImmutableList<ExpectedMessage> messages) {
    private static final Pattern TAG = Pattern.compile("comment:(?:(\\d+):)?(test_expect_(?:failure|success|msg=))(.*)", Pattern.DOTALL);

    private record Tag(long order, String name, String rest) {}

    /**
     * {@return what the program expects, empty when it says nothing}
     *
     * @throws bpfmc.model.InputException when an expected message is malformed
     */
    static Optional<Expectation> of(BpfObject object, BpfProgram program) {
        ImmutableList<Tag> tags = object.btf().map(types -> types.find(BtfType.Function.class, program.name()).map(types::tagsOf)
                .orElse(Lists.immutable.empty())).orElse(Lists.immutable.empty())
                .collect(TAG::matcher).select(Matcher::matches).collect(Expectation::tag).reject(t -> t.rest().startsWith("_unpriv"))
                .toImmutableSortedList((a, b) -> Long.compare(a.order(), b.order()));
        boolean fails = tags.anySatisfy(t -> t.name().equals("test_expect_failure"));
        boolean loads = tags.anySatisfy(t -> t.name().equals("test_expect_success"));
        return fails || loads ? Optional.of(new Expectation(!fails,
                tags.select(t -> t.name().equals("test_expect_msg=")).collect(t -> ExpectedMessage.of(t.rest())))) : Optional.empty();
    }

    private static Tag tag(Matcher m) {
        String order = m.group(1);
        return new Tag(order == null || order.length() > 9 ? 0 : Long.parseLong(order), m.group(2), m.group(3));
    }
}
