using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tests.Tracing;

/// <summary>A graph as straight code without any loops.</summary>
internal static class StraightProgram
{
    internal static LoopProgram Of(Graph graph)
    {
        var places = new Location[graph.Count];
        var (constants, code) = (new List<double>(), new List<StraightOperation>());
        for (var k = 0; k < graph.Count; k++)
        {
            var (operation, a, b) = graph[k];
            if (operation == Operation.Constant) constants.Add(graph.ConstantOf(k));
            places[k] = operation == Operation.Input ? new(Space.Input, a)
                : operation == Operation.Constant ? new(Space.Constant, constants.Count - 1)
                : new(Space.Work, code.Count);
            if (!operation.IsLeaf) code.Add(new(operation, places[k], places[a], places[b < 0 ? a : b]));
        }

        var workCount = code.Count;
        code.AddRange(graph.Outputs.Select((node, i) =>
            new StraightOperation(Operation.Input, new(Space.Output, i), places[node], places[node])));
        return new(graph.InputCount, graph.Outputs.Count, workCount, [.. constants], [new Straight(code)]);
    }
}
