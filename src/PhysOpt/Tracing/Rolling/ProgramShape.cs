using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Rolling;

/// <summary>What a program is made of.</summary>
/// <param name="Operations">The operations on single numbers that the graph has.</param>
/// <param name="Loops">The loops that they were rolled up into.</param>
/// <param name="LoopOperations">The operations in the bodies of these loops.</param>
/// <param name="Sums">The sums over all turns of a loop.</param>
/// <param name="StraightOperations">The operations that are left as straight code.</param>
internal readonly record struct ProgramShape(int Operations, int Loops, int LoopOperations, int Sums, int StraightOperations)
{
    /// <summary>The shape of the program of a graph.</summary>
    internal static ProgramShape Of(Graph graph, LoopProgram program)
    {
        var operations = 0;
        for (var k = 0; k < graph.Count; k++)
        {
            if (graph[k].Operation is { IsLeaf: false, IsList: false }) operations++;
        }

        var shape = new ProgramShape(operations, 0, 0, 0, 0);
        foreach (var step in program.Steps)
        {
            shape = step switch
            {
                Loop loop => shape with
                {
                    Loops = shape.Loops + 1,
                    LoopOperations = shape.LoopOperations + loop.Body.Count,
                    Sums = shape.Sums + loop.Sums.Count,
                },
                Scattering scattering => shape with
                {
                    Loops = shape.Loops + 1,
                    LoopOperations = shape.LoopOperations + scattering.Parts.Count,
                },
                Straight straight => shape with { StraightOperations = shape.StraightOperations + straight.Code.Count },
                _ => shape,
            };
        }

        return shape;
    }
}
