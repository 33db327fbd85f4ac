using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing.Compiling;

/// <summary>How functions are run: the one place that decides it.</summary>
internal static class ProgramRunner
{
    /// <summary>Something that evaluates the outputs of a graph; its guards are no matter.</summary>
    internal static TieredRunner For(Graph graph)
    {
        var program = Vectoriser.Roll(graph);
        return new TieredRunner(program, new LoopInterpreter(program));
    }
}
