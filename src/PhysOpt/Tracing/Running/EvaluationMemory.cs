namespace PhysOpt.Tracing.Running;

/// <summary>
/// Memory for one evaluation: that of the thread, kept from one to the next, so that nothing is allocated but on a thread's first
/// use.
/// </summary>
internal static class EvaluationMemory
{
    [ThreadStatic]
    static double[]? ofThread;

    /// <summary>At least so many numbers, of any value.</summary>
    internal static double[] OfThread(int count)
    {
        var workspace = ofThread;
        return workspace is not null && workspace.Length >= count ? workspace : ofThread = new double[count + count / 2 + 16];
    }
}
