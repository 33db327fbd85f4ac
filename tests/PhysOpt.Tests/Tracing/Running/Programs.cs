using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tests.Tracing;

/// <summary>Programs of graphs, and what must hold of every program.</summary>
internal static class Programs
{
    internal static double[] Run(this LoopProgram program, params double[] x)
    {
        var values = new double[program.OutputCount];
        Array.Fill(values, 1e99);
        new LoopInterpreter(program).Evaluate(x, values);
        return values;
    }

    internal static ProgramShape Shape(this Graph graph)
    {
        var program = Vectoriser.Roll(graph);
        Check(program);
        return ProgramShape.Of(graph, program);
    }

    /// <summary>The graph's values by its program, which is checked, at x.</summary>
    internal static double[] Rolled(this Graph graph, params double[] x)
    {
        var program = Vectoriser.Roll(graph);
        Check(program);
        return program.Run(x);
    }

    /// <summary>
    /// Every number is written before it is read, every output once, every register once, and no turn reads what another one writes.
    /// </summary>
    internal static void Check(LoopProgram program)
    {
        var (work, output) = (new bool[program.WorkCount], new bool[program.OutputCount]);
        foreach (var step in program.Steps)
        {
            if (step is Straight straight)
            {
                foreach (var (_, target, a, b) in straight.Code)
                {
                    Read(a.Space, a.Index);
                    Read(b.Space, b.Index);
                    Write(target.Space, target.Index);
                }
            }
            else if (step is Scattering scattering)
            {
                foreach (var (count, terms, indices) in scattering.Parts)
                {
                    for (var k = 0; k < count; k++) Read(terms.Space, At(terms, k));
                    for (var k = 0; k < count; k++) Read(indices.Space, At(indices, k));
                }

                for (var k = 0; k < scattering.Length; k++) Write(Space.Work, scattering.List.Index + k);
            }
            else
            {
                Check((Loop)step, Read, Write);
            }
        }

        Assert.DoesNotContain(false, output);

        void Read(Space space, int index)
        {
            var known = space switch
            {
                Space.Input => index >= 0 && index < program.InputCount,
                Space.Constant => index >= 0 && index < program.Constants.Length,
                Space.Work => work[index],
                Space.Output => output[index],
                _ => false,
            };
            Assert.True(known, $"{space} {index} is read before it is written");
        }

        void Write(Space space, int index)
        {
            Assert.True(space is Space.Work or Space.Output);
            Assert.False(space == Space.Output && output[index], $"output {index} is written twice");
            (space == Space.Work ? work : output)[index] = true;
        }
    }

    static void Check(Loop loop, Action<Space, int> read, Action<Space, int> write)
    {
        var registers = new bool[loop.RegisterCount];
        var reads = new HashSet<(Space, int)>();
        Assert.True(loop.Length > 0);
        foreach (var (_, target, a, b, length) in loop.Body)
        {
            ReadAll(a);
            for (var place = 1; place < length; place++)
            {
                for (var k = 0; k < loop.Length; k++)
                {
                    read(a.Space, At(a, k) + place);
                    reads.Add((a.Space, At(a, k) + place));
                }
            }

            ReadAll(b);
            Assert.False(registers[target]);
            registers[target] = true;
        }

        foreach (var sum in loop.Sums) ReadAll(sum.Source);
        var writes = new List<(Space Space, int Index)>();
        foreach (var (register, target) in loop.Stores)
        {
            Assert.True(registers[register]);
            for (var k = 0; k < loop.Length; k++) writes.Add((target.Space, At(target, k)));
        }

        writes.AddRange(loop.Sums.Select(sum => (sum.Target.Space, sum.Target.Index)));
        Assert.Equal(writes.Count, writes.Distinct().Count());
        Assert.DoesNotContain(writes, reads.Contains);
        writes.ForEach(each => write(each.Space, each.Index));

        void ReadAll(Access access)
        {
            if (access.Space == Space.Register)
            {
                Assert.True(registers[access.Offset]);
                return;
            }

            for (var k = 0; k < loop.Length; k++)
            {
                read(access.Space, At(access, k));
                reads.Add((access.Space, At(access, k)));
            }
        }
    }

    static int At(Access access, int turn) => access.Indices is { } indices ? indices[turn] : access.Offset + turn * access.Stride;
}
