using PhysOpt.Tracing;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tests.Tracing;

/// <summary>Short ways to look up.</summary>
internal static class Gathers
{
    internal static TracedNumber At(object?[] list, TracedNumber index) =>
        (index.Recorder ?? list.OfType<TracedNumber>().First().Recorder!).Gather(list, index);

    /// <summary>The graph's values by its program as machine code.</summary>
    internal static double[] Compiled(this Graph graph, params double[] x)
    {
        var values = new double[graph.Outputs.Count];
        LoopCompiler.Compile(Vectoriser.Roll(graph)).Evaluate(x, values);
        return values;
    }
}
