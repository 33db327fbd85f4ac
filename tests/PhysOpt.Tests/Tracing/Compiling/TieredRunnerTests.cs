using PhysOpt.Tracing;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class TieredRunnerTests
{
    const int N = 200;

    static double[] Point(int k) => [.. Enumerable.Range(0, N).Select(i => Math.Sin(i + 0.1 * k))];

    static TracedNumber F(TracedNumber[] x)
    {
        TracedNumber sum = 0 + Math.Exp(x[0]);
        for (var i = 1; i < x.Length; i++) sum += Math.Sin(x[i] * x[i - 1]) + Math.Exp(-x[i]) / (2 + Math.Cos(x[i - 1]));
        return sum;
    }

    static readonly LoopProgram Program = Vectoriser.Roll(Differentiation.GradientAndValue(Record(F, Point(0))));

    static readonly LoopProgram Inconsistent = Program with { OutputCount = N + 2 };

    [Fact]
    public void The_bits_are_the_same_before_and_after_the_program_is_compiled_while_threads_evaluate()
    {
        var interpreter = new LoopInterpreter(Program);
        var runner = new TieredRunner(Program, interpreter);
        double[][] points = [.. Enumerable.Range(0, 16).Select(Point)];
        double[][] expected = [.. points.Select(x => Run(interpreter, x))];
        var (before, after, wrong) = (0, 0, 0);
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; Volatile.Read(ref after) < 1000 && i < 10_000_000; i++)
            {
                Interlocked.Increment(ref runner.IsCompiled ? ref after : ref before);
                if (!expected[i % 16].AsSpan().SequenceEqual(Run(runner, points[i % 16]))) Interlocked.Increment(ref wrong);
            }
        });
        Assert.True(before > 0 && after >= 1000, $"{before} {after}");
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_program_that_cannot_be_compiled_is_still_interpreted()
    {
        var interpreter = new LoopInterpreter(Program);
        var runner = new TieredRunner(Inconsistent, interpreter);
        runner.CompileNow();
        runner.CompileNow();
        Assert.False(runner.IsCompiled);
        Assert.IsType<ArgumentException>(runner.Failure);
        var values = new double[N + 1];
        runner.Evaluate(Point(3), values);
        Assert.Equal(Run(interpreter, Point(3)), values);
    }

    [Fact]
    public void Nothing_is_compiled_before_evaluations_pay_for_it()
    {
        var runner = new TieredRunner(Program, new LoopInterpreter(Program));
        Assert.InRange(runner.Threshold, 30, 10_000);
        for (var i = 0; i < 10; i++) Run(runner, Point(i));
        Thread.Sleep(50);
        Assert.False(runner.IsCompiled);
        runner.CompileNow();
        Assert.True(runner.IsCompiled);
        Assert.Null(runner.Failure);
    }

    [Fact]
    public void Neither_way_allocates_nor_does_the_change()
    {
        var interpreter = new LoopInterpreter(Program);
        var (x, values) = (Point(1), new double[N + 1]);
        // what the runtime itself allocates when it compiles a method that has become hot
        for (var i = 0; i < 200; i++) interpreter.Evaluate(x, values);
        TieredRunner[] runners = [.. Enumerable.Range(0, 3).Select(_ => new TieredRunner(Program, interpreter))];
        Assert.Equal(0, runners.Min(each => Allocation.Once((int)each.Threshold + 10, () => each.Evaluate(x, values))));
        var runner = runners[^1];
        for (var i = 0; !runner.IsCompiled && i < 3000; i++) Thread.Sleep(10);
        Assert.True(runner.IsCompiled);
        Assert.Equal(0, Allocation.Least(10, () => runner.Evaluate(x, values)));
    }

    static double[] Run(IProgramRunner runner, double[] x)
    {
        var values = new double[runner.OutputCount];
        runner.Evaluate(x, values);
        return values;
    }
}
