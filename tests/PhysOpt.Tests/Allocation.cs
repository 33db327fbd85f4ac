namespace PhysOpt.Tests;

/// <summary>What runs allocate.</summary>
internal static class Allocation
{
    const int Attempts = 3;

    /// <summary>
    /// The bytes that repeated runs allocate on this thread: the least of three counts. A collection that another thread asks for in
    /// between counts the rest of this thread's allocation context, up to 8 KB.
    /// </summary>
    internal static long Least(int times, Action run)
    {
        run();
        return Enumerable.Range(0, Attempts).Min(_ => Once(times, run));
    }

    /// <summary>The bytes of one count.</summary>
    internal static long Once(int times, Action run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++) run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
