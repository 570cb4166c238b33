package bpfmc.model.rules;

import bpfmc.model.kernel.Errno;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What a kernel said when it refused something. @param text its last words: of the verifier, or the line of libbpf that has the error's number */
public record KernelWords(String text) {
    /** A message with less of its own words than so many characters could be meant by anything. */
    private static final int TELLING = 12;

    /** What is filled in, and the numbers that pages leave open. */
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d\\}|(?<=id=)\\?");
    private static final Pattern ERROR = Pattern.compile("-(E[A-Z0-9]+) from (BPF_\\w+|mmap).*");

    /** {@return whether these are the words of a finding's rule} */
    public boolean tell(Finding finding) {
        return text.contains(finding.message()) || tell(finding.page());
    }

    /** {@return whether the error is that of a finding about a map, of which the kernel says nothing but the error} */
    public boolean tellError(Finding finding) {
        var error = ERROR.matcher(finding.message());
        return error.matches() && Pattern.compile("-(" + Errno.valueOf(error.group(1)).number() + "|" + error.group(1) + ")\\b").matcher(text).find();
    }

    /** {@return whether only a rule's fault could make a kernel say this} */
    public boolean areARules() {
        return LockRules.pages().reject(RulePage::general).anySatisfy(this::tell);
    }

    private boolean tell(RulePage page) {
        return page.templates().anySatisfy(template -> {
            ImmutableList<String> parts = Lists.immutable.with(ARGUMENT.split(template, -1));
            return parts.anySatisfy(p -> p.strip().length() >= TELLING)
                    && Pattern.compile(parts.collect(Pattern::quote).makeString(".*"), Pattern.DOTALL).matcher(text).find();
        });
    }
}
