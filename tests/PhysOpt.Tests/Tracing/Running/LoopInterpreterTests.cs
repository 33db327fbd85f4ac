using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class LoopInterpreterTests
{
    static double[] Point(int n) => [.. Enumerable.Range(0, n).Select(i => Math.Cos(i) * Math.Pow(10, i % 7))];

    /// <summary>The documented order of <see cref="PhysOpt.Tracing.Rolling.Sum"/>, written down once more.</summary>
    static double Sum(double[] terms)
    {
        var s = new double[8];
        Array.Fill(s, -0.0);
        for (var k = 0; k < terms.Length; k++) s[k % 8] += terms[k];
        return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }

    static LoopProgram OfOneLoop(int inputs, int outputs, Loop loop, params double[] constants) =>
        new(inputs, outputs, 0, constants, [loop]);

    static LoopOperation Doubled(int target, Access a) => new(Operation.Add, target, a, a);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(10007)]
    public void Sums_are_added_in_the_documented_order(int n)
    {
        var x = Point(n);
        int[] backwards = [.. Enumerable.Range(0, n).Select(k => n - 1 - k)];
        var loop = new Loop(n, [Doubled(0, new(Space.Input, 0, 1)), Doubled(1, new(Space.Register, 0, 0))], 2, [],
        [
            new(new(Space.Register, 1, 0), new(Space.Output, 0)),
            new(new(Space.Input, 0, 1), new(Space.Output, 1)),
            new(new(Space.Input, n - 1, -1), new(Space.Output, 2)),
            new(new(Space.Input, 0, 0, backwards), new(Space.Output, 3)),
            new(new(Space.Constant, 0, 0), new(Space.Output, 4)),
        ]);
        var values = OfOneLoop(n, 5, loop, 0.1).Run(x);
        double[] reversed = [.. x.Reverse()];
        double[] expected = [Sum([.. x.Select(each => 4 * each)]), Sum(x), Sum(reversed), Sum(reversed), Sum([.. x.Select(_ => 0.1)])];
        for (var i = 0; i < expected.Length; i++) Assert.True(SameBits(expected[i], values[i]), $"sum {i}: {expected[i]:R} {values[i]:R}");
    }

    [Fact]
    public void A_sum_of_negative_zeros_is_negative_zero() =>
        Assert.True(SameBits(-0.0, OfOneLoop(20, 1, new(20, [], 0, [], [new(new(Space.Input, 0, 1), new(Space.Output, 0))]))
            .Run([.. Enumerable.Repeat(-0.0, 20)])[0]));

    [Theory]
    [InlineData(20)]
    [InlineData(512)]
    [InlineData(1100)]
    public void All_sorts_of_access_read_and_write_where_they_say(int n)
    {
        var x = Point(3 * n);
        int[] shuffled = [.. Enumerable.Range(0, n).Select(k => k * 7 % n)]; // 7 divides none of the lengths
        var loop = new Loop(n,
        [
            Doubled(0, new(Space.Input, 5, 1)),
            Doubled(1, new(Space.Input, 0, 3)),
            Doubled(2, new(Space.Input, n, -1)),
            Doubled(3, new(Space.Input, 0, 0, shuffled)),
            new(Operation.Multiply, 4, new(Space.Constant, 0, 0), new(Space.Input, 2, 0)),
            new(Operation.Input, 5, new(Space.Input, 1, 1), new(Space.Input, 1, 1)),
        ],
        6,
        [
            new(0, new(Space.Output, 0, 1)),
            new(1, new(Space.Output, 2 * n - 1, -1)),
            new(2, new(Space.Output, 2 * n, 2)),
            new(3, new(Space.Output, 0, 0, [.. shuffled.Select(k => 2 * n + 1 + 2 * k)])),
            new(4, new(Space.Output, 4 * n, 1)),
            new(5, new(Space.Output, 5 * n, 1)),
            new(0, new(Space.Output, 6 * n, 1)),
        ],
        []);
        var values = OfOneLoop(3 * n, 7 * n, loop, 3).Run(x);
        for (var k = 0; k < n; k++)
        {
            Assert.Equal(2 * x[5 + k], values[k]);
            Assert.Equal(2 * x[3 * k], values[2 * n - 1 - k]);
            Assert.Equal(2 * x[n - k], values[2 * n + 2 * k]);
            Assert.Equal(2 * x[shuffled[k]], values[2 * n + 1 + 2 * shuffled[k]]);
            Assert.Equal(3 * x[2], values[4 * n + k]);
            Assert.Equal(x[1 + k], values[5 * n + k]);
            Assert.Equal(2 * x[5 + k], values[6 * n + k]);
        }
    }

    [Fact]
    public void A_turn_may_store_where_it_has_read()
    {
        const int N = 600;
        var slice = new Access(Space.Work, 0, 1);
        var fill = new Loop(N, [Doubled(0, new(Space.Input, 0, 1))], 1, [new(0, slice)], []);
        var inPlace = new Loop(N, [Doubled(0, slice), new(Operation.Subtract, 1, slice, new(Space.Register, 0, 0))], 2,
            [new(0, slice), new(1, new(Space.Output, 0, 1))], []);
        var copy = new Loop(N, [new(Operation.Input, 0, slice, slice)], 1, [new(0, new(Space.Output, N, 1))], []);
        var x = Point(N);
        var values = new LoopProgram(N, 2 * N, N, [], [fill, inPlace, copy]).Run(x);
        for (var k = 0; k < N; k++)
        {
            Assert.Equal(-2 * x[k], values[k]);
            Assert.Equal(4 * x[k], values[N + k]);
        }
    }

    [Fact]
    public void Blocks_are_used_again_and_many_registers_do_no_harm()
    {
        const int N = 700;
        var body = new List<LoopOperation> { new(Operation.Input, 0, new(Space.Input, 0, 1), new(Space.Input, 0, 1)) };
        for (var r = 1; r < 100; r++) body.Add(new(Operation.Add, r, new(Space.Register, r - 1, 0), new(Space.Input, 0, 1)));
        var loop = new Loop(N, body, 100, [new(99, new(Space.Output, 0, 2)), new(50, new(Space.Output, 1, 2))], []);
        Assert.InRange(new LoopPlan(loop).BlockCount, 1, 4);
        double[] x = [.. Enumerable.Range(0, N).Select(k => (double)k)];
        var values = OfOneLoop(N, 2 * N, loop).Run(x);
        for (var k = 0; k < N; k++) Assert.Equal((100.0 * k, 51.0 * k), (values[2 * k], values[2 * k + 1]));
    }

    [Fact]
    public void Outputs_may_overlap_inputs()
    {
        const int N = 1000;
        var runner = ProgramRunner.For(Record(i => [.. Enumerable.Range(0, N).Select(k => (object)(i[(k + 1) % N] * i[(k + 3) % N]))],
            Point(N)));
        var (x, apart) = (Point(N + 10), new double[N]);
        runner.Evaluate(x.AsSpan(0, N), apart);
        runner.Evaluate(x.AsSpan(0, N), x.AsSpan(10));
        Assert.Equal(apart, x[10..]);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var runner = ProgramRunner.For(Record(i => i[0] * i[1], 1, 2));
        Assert.Equal((2, 1), (runner.InputCount, runner.OutputCount));
        Assert.Throws<ArgumentException>(() => runner.Evaluate([1], new double[1]));
        Assert.Throws<ArgumentException>(() => runner.Evaluate([1, 2], new double[2]));
    }

    [Fact]
    public void Many_threads_run_one_program_at_once()
    {
        const int N = 700;
        var x = Point(N).Select(each => each / 1e6).ToArray();
        var graph = Differentiation.GradientAndValue(Record(RosenbrockTests.Rosenbrock, x));
        var runner = ProgramRunner.For(graph);
        double[][] points = [.. Enumerable.Range(0, 200).Select(k => x.Select(each => each + 0.01 * k).ToArray())];
        double[][] expected = [.. points.Select(point => graph.Rolled(point))];
        var together = new double[points.Length][];
        Parallel.For(0, points.Length, k => runner.Evaluate(points[k], together[k] = new double[N + 1]));
        Assert.Equal(expected, together);
    }
}
