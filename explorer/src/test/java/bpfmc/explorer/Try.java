package bpfmc.explorer;

import bpfmc.explorer.property.*;
import bpfmc.explorer.scenario.*;
import bpfmc.explorer.search.*;
import bpfmc.explorer.verdict.*;
import bpfmc.model.program.*;
import java.nio.file.*;
import org.eclipse.collections.impl.factory.primitive.IntSets;

class Try {
    public static void main(String[] args) {
        int cpus = Integer.parseInt(args[0]);
        for (int i = 1; i < args.length; i++) {
            BpfObject object = ObjectReader.read(Path.of(args[i]));
            System.out.println("== " + args[i]);
            var all = IntSets.immutable.withAll(object.maps().collectInt(MapDefinition::index));
            for (Scenario s : Pairs.of(object, object.programs(), all, cpus, 1)) {
                Systems.with(s, system -> {
                    var judge = new PropertyJudge(system, Properties.all());
                    var out = new Search<Observation>(system, judge, Limits.NONE, Progress.NONE).run();
                    System.out.println(s.name() + ": " + out.states() + " states " + out.transitions() + " trans " + out.terminals() + " terminals "
                        + system.privateStates() + " private " + out.bytes() / Math.max(1, out.states()) + " B/state " + out.nanoseconds() / 1000000 + " ms " + out.end());
                    out.findings().forEach(f -> System.out.println("   " + f));
                    for (Observation f : out.findings()) {
                        if (f instanceof Finding) {
                            var path = ShortestPath.find(system, (st, t) -> { boolean[] hit = {false}; judge.judge(st, t, x -> hit[0] |= x.equals(f)); return hit[0]; }, Limits.NONE);
                            path.get().replay(system);
                            System.out.println("   path " + path.get().steps().collect(x -> x.actor() + "." + x.choice()));
                        }
                    }
                    return null;
                });
            }
        }
    }
}
