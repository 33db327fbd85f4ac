namespace PhysOpt.Tracing.Rolling;

/// <summary>What decides whether something becomes a loop.</summary>
internal static class LoopShape
{
    /// <summary>Nodes of one class become a vector from so many on; fewer are straight code.</summary>
    internal const int ShortestVector = 16;
}
