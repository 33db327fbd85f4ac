namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>The steps at which variables meet their bounds, smallest first: a binary heap in place.</summary>
/// <param name="capacity">The largest number of them.</param>
internal sealed class BreakpointQueue(int capacity)
{
    readonly double[] steps = new double[capacity];
    readonly int[] variables = new int[capacity];
    bool isHeap;

    /// <summary>How many are left.</summary>
    internal int Count { get; private set; }

    internal void Clear() => (Count, isHeap) = (0, false);

    /// <summary>Adds one.</summary>
    internal void Add(double step, int variable)
    {
        (steps[Count], variables[Count]) = (step, variable);
        Count++;
        isHeap = false;
    }

    /// <summary>
    /// Removes the smallest step, and says which variable meets its bound there; false where it is beyond a limit or there is none.
    /// </summary>
    internal bool TryRemove(double limit, out (double Step, int Variable) first)
    {
        if (!isHeap)
        {
            for (var i = Count / 2 - 1; i >= 0; i--) Sink(i);
            isHeap = true;
        }

        first = (steps[0], variables[0]);
        if (Count == 0 || first.Step > limit) return false;
        Count--;
        (steps[0], variables[0]) = (steps[Count], variables[Count]);
        Sink(0);
        return true;
    }

    void Sink(int i)
    {
        if (i >= Count) return;
        var (step, variable) = (steps[i], variables[i]);
        for (var child = 2 * i + 1; child < Count; child = 2 * i + 1)
        {
            if (child + 1 < Count && steps[child + 1] < steps[child]) child++;
            if (steps[child] >= step) break;
            (steps[i], variables[i]) = (steps[child], variables[child]);
            i = child;
        }

        (steps[i], variables[i]) = (step, variable);
    }
}
