package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.flow.LoadUse;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeptContents;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.VisibleOperation;
import java.util.IdentityHashMap;
import java.util.Map;

/** Sees to it that what programs read to some purpose is a part of memory. */
final class ContentUse {
    private final KeptContents kept;
    private final ElementIds slots;
    private final LoadUse[] loads;

    ContentUse(KeptContents kept, ElementIds slots, Scenario scenario) {
        this.kept = kept;
        this.slots = slots;
        this.loads = new LoadUse[scenario.agents().size()];
        Map<BpfProgram, LoadUse> known = new IdentityHashMap<>();
        for (int i = 0; i < loads.length && !kept.everything(); i++) {
            loads[i] = known.computeIfAbsent(scenario.agents().get(i).program(), LoadUse::of);
        }
    }

    /** Looks at what the agent does at this node. @throws KeptContents.MoreMatters when it reads what is not kept */
    void require(int agent, Node node) {
        if (kept.everything()) {
            return;
        }
        switch (node.operation()) {
            case VisibleOperation.Load o when matters(agent, node) -> require(o);
            case VisibleOperation.ReadModifyWrite o when matters(agent, node) -> require(o);
            case VisibleOperation.CopyOut o -> require(o);
            case VisibleOperation.Load o -> { }
            case VisibleOperation.ReadModifyWrite o -> { }
            case VisibleOperation.Store o -> { }
            case VisibleOperation.CopyIn o -> { }
            case VisibleOperation.Acquire o -> { }
            case VisibleOperation.Release o -> { }
            case VisibleOperation.Lookup o -> { }
            case VisibleOperation.LookupOnCpu o -> { }
            case VisibleOperation.Walk o -> { }
            case VisibleOperation.Update o -> { }
            case VisibleOperation.Delete o -> { }
            case VisibleOperation.LockBucket o -> { }
            case VisibleOperation.UnlockBucket o -> { }
            case VisibleOperation.BeginTimer o -> { }
            case VisibleOperation.EndTimer o -> { }
            case VisibleOperation.TimerOperation o -> { }
            case VisibleOperation.ElementOnCpu o -> { }
            case VisibleOperation.CpuCount o -> { }
            case VisibleOperation.ReadClock o -> { }
            case VisibleOperation.UseWrapped o -> { }
            case VisibleOperation.Fence o -> { }
            case VisibleOperation.CpuNumber o -> { }
            case VisibleOperation.Toggle o -> { }
            case VisibleOperation.Start o -> { }
            case VisibleOperation.End o -> { }
            case VisibleOperation.Unsupported o -> { }
        }
    }

    private boolean matters(int agent, Node node) {
        int slot = node.state().pc();
        return kept.scope() == KeptContents.Scope.UNDECIDING ? loads[agent].decides(slot) : loads[agent].used(slot);
    }

    private void require(VisibleOperation.Access read) {
        kept.require(slots.mapOf(read.element().slot()), read.offset(), read.size());
    }
}
