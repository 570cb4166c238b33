package bpfmc.explorer.check;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.scenario.Alternatives;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

class NotCheckedTest {
    @Test
    void namesProgramsThatAreLeftOutAndWhy() {
        Alternatives alternatives = new Alternatives(Lists.immutable.with("raw"), Lists.immutable.with("asked"));
        assertThat(NotChecked.told(alternatives, Lists.immutable.with("a", "b"))).containsExactly("NOT CHECKED, no agents of a scenario: a, b",
                "NOT CHECKED, other forms of hooks that are checked: raw (--all-alternatives)",
                "paired with themselves only, as no loader takes them by itself ('?' sections): asked (--all-alternatives)");
    }

    @Test
    void saysNothingWhereAllAreChecked() {
        assertThat(NotChecked.told(Alternatives.NONE, Lists.immutable.empty())).isEmpty();
    }
}
