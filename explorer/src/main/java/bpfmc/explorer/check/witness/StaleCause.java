package bpfmc.explorer.check.witness;

import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Explanation.TraceNote;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.value.Region.Life;

/** Who made an element stale is not in the state that shows it; the path tells: the last step that unlinked or reused it. */
final class StaleCause {
    private StaleCause() {}

    /** {@return the finding with the place of the step that made the element stale; other findings are complete as they are} */
    static Finding added(BpfSystem system, Path path, Finding finding) {
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            Run run = system.run(agent, path.last().toArray()[agent]);
            if (run.state().operation() instanceof Access access && access.element().life() != Life.BOUND
                    && finding.places().anySatisfy(p -> p.program().equals(run.program().name()) && p.slot() == run.state().pc())
                    && finding.about().notes().contains(TraceNote.STALE_CAUSE)) {
                return added(system, path, finding, access.element().slot(), access.element().life());
            }
        }
        return finding;
    }

    private static Finding added(BpfSystem system, Path path, Finding finding, int slot, Life life) {
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            Step step = path.steps().get(i);
            if (system.isAgent(step.actor()) && system.notices(path.before(i), step.actor(), step.choice()).anySatisfy(n -> concerns(n, slot, life))) {
                Run run = system.run(step.actor(), path.before(i)[step.actor()]);
                int at = run.state().pc();
                Place place = new Place(run.program().name(), run.program().functionAt(at).name(), at, Act.UPDATE);
                return new Finding(finding.about(), finding.level(), finding.subject(),
                        finding.places().newWith(place).distinct());
            }
        }
        return finding;
    }

    private static boolean concerns(Invalidation notice, int slot, Life life) {
        return switch (notice) {
            case Invalidation.Replaced r -> life == Life.UNLINKED && r.element() == slot;
            case Invalidation.Unlinked u -> life == Life.UNLINKED && u.element() == slot;
            case Invalidation.Reused r -> life == Life.RECYCLED && r.element() == slot;
            case Invalidation.Written w -> false;
            case Invalidation.ClockRead r -> false;
            case Invalidation.Inserted x -> false;
            case Invalidation.Rearranged r -> false;
            case Invalidation.WordOverwritten x -> false;
        };
    }
}
