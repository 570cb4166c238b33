/* specs/bench/two_elements.bpf.c by hand: each CPU picks one of two elements and increments two fields under its lock. */
#ifndef N
#define N 2
#endif
bit owned[2];
byte a[2];
byte b[2];
byte ended;

active [N] proctype cpu()
{
	bit pick;
	byte seen;
	if
	:: d_step { owned[0] == 0 -> owned[0] = 1; pick = 0 }
	:: d_step { owned[1] == 0 -> owned[1] = 1; pick = 1 }
	fi;
	seen = a[pick];
	d_step { a[pick] = seen + 1; seen = 0 }
	seen = b[pick];
	d_step { b[pick] = seen + 1; seen = 0 }
	d_step {
		assert(a[pick] == b[pick]);
		owned[pick] = 0;
		pick = 0;
		ended++;
		assert(ended < N || a[0] + a[1] == N)
	}
end:	false
}
