package bpfmc.explorer.axiomatic;

/**
 * The two orders of the BPF memory model, as bpf.cat of herdtools7 has them: what happens before what, and what has reached all CPUs before what.
 *
 * <pre>
 * full  = M;po;FETCH | FETCH;po;M | M;po;SWAP_READ | SWAP_WRITE;po;M
 * ppo   = full | ACQUIRE;po;M | M;po;RELEASE | addr | data | ctrl;W | (addr | data);W;rfi | addr;po;W | coi | fri
 * step  = rfe? ; (full | M;po;RELEASE) ; (rf ; (atomic | amo))*
 * prop  = (coe | fre)? ; step* ; rfe?
 * hb    = ppo | rfe | ((prop minus identity) within a thread)
 * pb    = prop ; full ; hb*
 * </pre>
 */
record BpfOrder(Relation hb, Relation pb) {
    BpfOrder(Relations r) {
        this(r, full(r), prop(r));
    }

    private BpfOrder(Relations r, Relation full, Relation prop) {
        this(full, prop, hb(r, full, prop));
    }

    private BpfOrder(Relation full, Relation prop, Relation hb) {
        this(hb, prop.then(full).then(hb.star()));
    }

    private static Relation full(Relations r) {
        long all = r.graph.events();
        long fetch = r.graph.all(Kind.FETCH);
        return r.po.between(all, fetch).or(r.po.between(fetch, all))
                .or(r.po.between(all, r.graph.all(Kind.SWAP_READ))).or(r.po.between(r.graph.all(Kind.SWAP_WRITE), all));
    }

    private static Relation release(Relations r) {
        return r.po.between(r.graph.events(), r.graph.all(Kind.RELEASE));
    }

    private static Relation prop(Relations r) {
        Graph g = r.graph;
        Relation atomic = Relation.identity(g.size(), g.all(Kind.FETCH) | g.all(Kind.ATOMIC)).or(r.amo);
        Relation chain = r.rf.then(atomic).star();
        Relation step = r.rfe.optional().then(full(r).or(release(r))).then(chain);
        return r.coe.or(r.fre).optional().then(step.star()).then(r.rfe.optional());
    }

    private static Relation hb(Relations r, Relation full, Relation prop) {
        return ppo(r, full).or(r.rfe).or(prop.and(r.internal).minus(Relation.identity(r.graph.size(), r.graph.events())));
    }

    private static Relation ppo(Relations r, Relation full) {
        Graph g = r.graph;
        long all = g.events();
        long writes = g.writes();
        Relation addr = g.addr();
        Relation data = g.data();
        Relation forwarded = addr.or(data).between(all, writes).then(r.rf.and(r.internal));
        return full.or(release(r)).or(r.po.between(g.all(Kind.ACQUIRE), all))
                .or(addr).or(data.between(all, writes)).or(g.ctrl().between(all, writes))
                .or(forwarded).or(addr.then(r.po).between(all, writes))
                .or(r.co.and(r.internal)).or(r.fr.and(r.internal));
    }
}
