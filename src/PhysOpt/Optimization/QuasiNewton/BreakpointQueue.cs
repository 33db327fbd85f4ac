namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>The steps at which variables meet their bounds, smallest first: a binary heap in place, built only when more than the smallest is asked for.</summary>
/// <param name="capacity">The largest number of them.</param>
internal sealed class BreakpointQueue(int capacity)
{
    readonly double[] steps = new double[capacity];
    readonly int[] variables = new int[capacity];
    int smallest;
    bool isHeap;

    /// <summary>How many are left.</summary>
    internal int Count { get; private set; }

    /// <summary>The smallest step, and which variable meets its bound there.</summary>
    internal (double Step, int Variable) First => (steps[smallest], variables[smallest]);

    internal void Clear() => (Count, smallest, isHeap) = (0, 0, false);

    /// <summary>Adds one, before any is removed.</summary>
    internal void Add(double step, int variable)
    {
        (steps[Count], variables[Count]) = (step, variable);
        if (step < steps[smallest]) smallest = Count;
        Count++;
    }

    /// <summary>Removes the first.</summary>
    internal void RemoveFirst()
    {
        if (!isHeap)
        {
            for (var i = Count / 2 - 1; i >= 0; i--) Sink(i);
            (smallest, isHeap) = (0, true);
        }

        Count--;
        (steps[0], variables[0]) = (steps[Count], variables[Count]);
        Sink(0);
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
