using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tests.Tracing;

/// <summary>A program number by number, as LoopProgram.cs says it: what all other ways of running it are compared with.</summary>
internal sealed class ReferenceRunner(LoopProgram program) : IProgramRunner
{
    public int InputCount => program.InputCount;

    public int OutputCount => program.OutputCount;

    public void Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        var (input, work, output) = (x.ToArray(), new double[program.WorkCount], new double[program.OutputCount]);
        Array.Fill(work, double.NaN);
        foreach (var step in program.Steps)
        {
            if (step is Straight straight)
            {
                foreach (var (operation, target, a, b) in straight.Code)
                {
                    At(target.Space)[target.Index] = operation == Operation.Input
                        ? At(a.Space)[a.Index] : operation.Evaluate(At(a.Space)[a.Index], operation.IsBinary ? At(b.Space)[b.Index] : 0);
                }
            }
            else if (step is Scattering scattering)
            {
                var list = work.AsSpan(scattering.List.Index, scattering.Length);
                list.Clear();
                foreach (var (count, terms, indices) in scattering.Parts)
                {
                    for (var k = 0; k < count; k++)
                    {
                        var index = (int)At(indices.Space)[indices.Offset + k * indices.Stride];
                        list[index < 0 ? index + list.Length : index] += At(terms.Space)[terms.Offset + k * terms.Stride];
                    }
                }
            }
            else
            {
                Run((Loop)step);
            }
        }

        output.CopyTo(values);

        double[] At(Space space) =>
            space switch { Space.Input => input, Space.Constant => program.Constants, Space.Work => work, _ => output };

        void Run(Loop loop)
        {
            var partial = loop.Sums.Select(_ => Enumerable.Repeat(-0.0, 8).ToArray()).ToArray();
            var registers = new double[loop.RegisterCount];
            for (var k = 0; k < loop.Length; k++)
            {
                foreach (var (operation, target, a, b, length) in loop.Body)
                {
                    if (length > 0)
                    {
                        var start = a.Indices?[k] ?? a.Offset + k * a.Stride;
                        registers[target] = operation.Evaluate(At(a.Space).AsSpan(start, length), Read(b));
                        continue;
                    }

                    var left = Read(a);
                    registers[target] = operation == Operation.Input ? left
                        : operation.IsApproximateInLoops ? InLoop(operation, left)
                        : operation.Evaluate(left, operation.IsBinary ? Read(b) : 0);
                }

                for (var s = 0; s < partial.Length; s++) partial[s][k % 8] += Read(loop.Sums[s].Source);
                foreach (var (register, target) in loop.Stores)
                    At(target.Space)[target.Indices?[k] ?? target.Offset + k * target.Stride] = registers[register];

                double Read(Access access) => access.Space == Space.Register
                    ? registers[access.Offset] : At(access.Space)[access.Indices?[k] ?? access.Offset + k * access.Stride];
            }

            for (var s = 0; s < partial.Length; s++)
            {
                var p = partial[s];
                At(loop.Sums[s].Target.Space)[loop.Sums[s].Target.Index] = p[0] + p[4] + (p[2] + p[6]) + (p[1] + p[5] + (p[3] + p[7]));
            }
        }
    }

    /// <summary>One number through a loop of one turn: that its place and its neighbours do not matter is tested elsewhere.</summary>
    static double InLoop(Operation operation, double x)
    {
        var only = new Access(Space.Input, 0, 1);
        var loop = new Loop(1, [new(operation, 0, only, only)], 1, [new(0, new(Space.Output, 0, 1))], []);
        return new LoopProgram(1, 1, 0, [], [loop]).Run(x)[0];
    }
}
