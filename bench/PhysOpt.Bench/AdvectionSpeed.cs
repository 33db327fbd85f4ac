using System.Diagnostics;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Bench;

/// <summary>
/// What loops in time with lookups cost: Burgers' equation on a ring by semi-Lagrangian steps, each cell looking up two of the step
/// before, and explicit diffusion. Recorded in C#, without PowerShell.
/// </summary>
internal static class AdvectionSpeed
{
    const int Cells = 128, Steps = 16, Rounds = 41;

    internal static int Compare()
    {
        double[] x = [.. Enumerable.Range(0, Cells).Select(j => System.Math.Sin(2 * System.Math.PI * j / Cells))];
        var clock = Stopwatch.StartNew();
        var graph = Record(x);
        var recording = Lap();
        var function = new TracedFunction(graph);
        function.ValueAndGradient(new(x));
        var first = Lap();
        var both = Differentiation.GradientAndValue(graph);
        var differentiating = Lap();
        var program = Vectoriser.Roll(both);
        var rolling = Lap();
        var compiled = LoopCompiler.Compile(program);
        var compiling = Lap();
        var shape = ProgramShape.Of(both, program);
        var branch = new TracedBranch(graph);
        var interpreter = new LoopInterpreter(program);
        var (value, gradient) = (new double[1], new double[Cells + 1]);
        Console.WriteLine(FormattableString.Invariant(
            $"semi-Lagrangian Burgers, {Steps} steps of {Cells} cells, {graph.OperationCount} operations; ms")
            + FormattableString.Invariant($"; with its gradient {shape.Operations} in {shape.Loops} loops of {shape.LoopOperations}, ")
            + FormattableString.Invariant($"{shape.StraightOperations} alone"));
        Console.WriteLine(FormattableString.Invariant($"recording {recording:F1}, then the first value and gradient {first:F1}: ")
            + FormattableString.Invariant($"differentiating {differentiating:F1}, rolling {rolling:F1}; compiling {compiling:F1}"));
        var names = new[] { "where it holds", "value", "interpreted", "compiled", "public" };
        var ways = new Action[]
        {
            () => branch.Holds(x), () => branch.Value.Evaluate(x, value), () => interpreter.Evaluate(x, gradient),
            () => compiled.Evaluate(x, gradient), () => function.GradientAndValue(x, gradient),
        };
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = -10; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                clock.Restart();
                for (var i = 0; i < 50; i++) ways[way]();
                if (round >= 0) times[way].Add(clock.Elapsed.TotalMilliseconds / 50);
            }

            if (round < 0) Thread.Sleep(100); // what is hot is compiled meanwhile
        }

        for (var way = 0; way < ways.Length; way++)
            Console.WriteLine(FormattableString.Invariant($"{names[way],-16} {times[way].Order().ElementAt(Rounds / 2):F4}"));
        return 0;

        double Lap()
        {
            var elapsed = clock.Elapsed.TotalMilliseconds;
            clock.Restart();
            return elapsed;
        }
    }

    static Graph Record(double[] x)
    {
        var recorder = new Recorder(x);
        var v = recorder.Inputs;
        for (var step = 0; step < Steps; step++)
        {
            var now = v;
            TracedNumber[] moved = [.. Enumerable.Range(0, Cells).Select(j =>
            {
                var place = (double)j - 0.8 * now[j];
                var low = PhysOpt.Math.Floor(place);
                var a = (low % Cells + Cells) % Cells;
                var share = place - low;
                return (1 - share) * recorder.Gather(now, a) + share * recorder.Gather(now, (a + 1) % Cells);
            })];
            v = [.. moved.Select((u, j) => u + 0.1 * (moved[(j + 1) % Cells] - 2 * u + moved[(j + Cells - 1) % Cells]))];
        }

        return recorder.Finish([v.Aggregate(recorder.Constant(0), (sum, u) => sum + u * u)]);
    }
}
