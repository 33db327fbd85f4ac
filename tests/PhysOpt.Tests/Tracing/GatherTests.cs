using PhysOpt.Tracing;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Gathers;
using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>Lists that are looked up by traced whole numbers: one record for all indices.</summary>
public class GatherTests
{
    static readonly double[] Values = [1.5, -2, 0.25, 7, 3];

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(-5)]
    public void A_known_index_is_the_element(int k)
    {
        var recorder = new Recorder(Values);
        var element = recorder.Gather(recorder.Inputs, recorder.Constant(k));
        Assert.Equal(k < 0 ? 5 + k : k, element.Node);
        Assert.Equal(Values[k < 0 ? 5 + k : k], element.Value);
    }

    [Fact]
    public void Every_index_from_either_end_is_answered_by_one_record()
    {
        var graph = Record(x => At([.. x[1..], 9, x[0] * x[1]], x[0]), [2, .. Values]);
        for (var k = -7; k < 7; k++)
        {
            double[] x = [k, .. Values], list = [.. Values, 9, k * Values[0]];
            var expected = list[k < 0 ? 7 + k : k];
            Assert.Equal(expected, graph.Evaluate(x)[0]);
            Assert.Equal(expected, graph.Rolled(x)[0]);
            Assert.Equal(expected, graph.Compiled(x)[0]);
        }
    }

    [Fact]
    public void An_index_outside_the_list_or_between_its_elements_leaves_the_branch()
    {
        var recordings = 0;
        TracedNumber F(TracedNumber[] x) => double.Abs(x[0].Value) < 3 ? At(x[1..], x[0]) : -x[1];
        var f = new TracedFunction(Record(F, 1, 10, 20, 30), x =>
        {
            recordings++;
            return Record(F, x.ToArray());
        });
        Assert.Equal(30.0, f.Evaluate(new(2, 10, 20, 30))[0]);
        Assert.Equal(20.0, f.Evaluate(new(-2, 10, 20, 30))[0]);
        Assert.Equal((0, 1), (recordings, f.BranchCount));
        Assert.Equal(-10.0, f.Evaluate(new(3, 10, 20, 30))[0]);
        Assert.Equal(-10.0, f.ValueAndGradient(new(-4, 10, 20, 30)).Value);
        Assert.Equal((1, 2), (recordings, f.BranchCount));
        var first = Record(F, 1, 10, 20, 30);
        foreach (var outside in (double[])[3, -4, 0.5, -1.5, double.NaN, double.PositiveInfinity, 4294967296])
        {
            Assert.False(new TracedBranch(first).Holds([outside, 10, 20, 30]));
            Assert.False(new Tape(first).Evaluate([outside, 10, 20, 30], new double[1]));
        }
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(-4.0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void An_index_outside_is_refused_where_it_is_recorded(double index)
    {
        var recorder = new Recorder([index, 1, 2]);
        var thrown = Assert.Throws<TracingException>(() => recorder.Gather(recorder.Inputs, recorder.Inputs[0]));
        Assert.Equal("TraceOutside", thrown.ErrorId);
        Assert.Throws<TracingException>(() => recorder.Gather([], recorder.Inputs[1]));
        Assert.Equal("TraceNotNumber", Assert.Throws<TracingException>(() =>
            recorder.Gather(["one", 2, 3], recorder.Inputs[1])).ErrorId);
        Assert.Equal("TraceForeign", Assert.Throws<TracingException>(() =>
            recorder.Gather(new Recorder([1.0, 2.0]).Inputs, recorder.Inputs[1])).ErrorId);
    }

    [Fact]
    public void Gathers_of_the_same_elements_share_one_list_and_one_vector()
    {
        const int N = 40;
        double[] x = [.. Enumerable.Range(0, 2 * N).Select(i => i < N ? System.Math.Cos(i) : (i * 7) % N)];
        var graph = Record(i =>
        {
            var squares = i[..N].Select(each => each * each).ToArray();
            return [.. Enumerable.Range(0, N).Select(k => (object)At([.. squares], i[N + k]))];
        }, x);
        Assert.Single(Enumerable.Range(0, graph.Count), k => graph[k].Operation.IsList);
        Assert.Equal(2 * N, graph.OperationCount);
        Assert.Empty(graph.Guards);
        Assert.Equal(Enumerable.Range(0, N).Select(k => x[k * 7 % N] * x[k * 7 % N]), graph.Rolled(x));
        var shape = graph.Shape();
        Assert.Equal(0, shape.StraightOperations);
        Assert.InRange(shape.LoopOperations, 3, 6);
    }

    [Fact]
    public void A_permutation_there_and_back_is_nothing()
    {
        const int N = 50;
        int[] order = [.. Enumerable.Range(0, N)];
        new Random(5).Shuffle(order);
        var back = new double[N];
        for (var k = 0; k < N; k++) back[order[k]] = k;
        double[] x = [.. Enumerable.Range(0, N).Select(i => System.Math.Sin(i)), .. order.Select(k => (double)k), .. back];
        var graph = Record(i =>
        {
            var there = Enumerable.Range(0, N).Select(k => At(i[..N], i[N + k])).ToArray();
            return [.. Enumerable.Range(0, N).Select(k => (object)At(there, i[2 * N + k]))];
        }, x);
        Assert.Equal(x[..N], graph.Rolled(x));
        double[] w = [.. Enumerable.Range(0, N).Select(i => 1.0 + i)];
        Assert.Equal([.. w, .. new double[2 * N]], Differentiation.VectorJacobian(graph).Rolled([.. x, .. w]));
    }

    [Fact]
    public void Scattering_is_the_adjoint_of_gathering()
    {
        const int N = 30, K = 75;
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, N).Select(_ => random.NextDouble() - 0.5),
            .. Enumerable.Range(0, K).Select(_ => (double)random.Next(-N, N))];
        double[] w = [.. Enumerable.Range(0, K).Select(_ => (double)random.Next(-8, 9))];
        double[] v = [.. Enumerable.Range(0, N).Select(_ => (double)random.Next(-8, 9))];
        var graph = Record(i => [.. Enumerable.Range(0, K).Select(k => (object)At(i[..N], i[N + k]))], x);
        var forward = Differentiation.JacobianVector(graph, N).Rolled([.. x, .. v]);
        var reverse = Differentiation.VectorJacobian(graph).Rolled([.. x, .. w]);
        Assert.Equal(Enumerable.Range(0, K).Select(k => v[(int)(x[N + k] + N) % N]), forward);
        Assert.Equal(Dot(forward, w), Dot(reverse[..N], v));
        Assert.All(reverse[N..], slope => Assert.Equal(0.0, slope));
    }

    [Fact]
    public void Nothing_passes_through_what_no_index_chose()
    {
        double[] x = [0, 4, 1];
        TracedNumber F(TracedNumber[] i) => At([Math.Sqrt(i[0]), Math.Sqrt(i[1])], i[2]);
        Assert.Equal([0, 0.25, 0], Gradient(F, x));
        Assert.Equal([0, 0.25, 0], ForwardGradient(F, x));
        Assert.Equal([double.PositiveInfinity, 0, 0], Gradient(F, 0, 4, 0));
    }

    [Fact]
    public void A_gather_depends_on_all_of_its_list_and_not_on_its_index()
    {
        var graph = Record(x => new object?[] { At([x[0], 5, x[1] * x[1]], x[2]), x[2] }, 1, 2, 1);
        Assert.Equal([[0, 1], [2]], Sparsity.Of(graph, 3));
        var jacobian = CompressedDerivative.Jacobian(graph);
        Assert.Equal("[0 6 0; 0 0 1]", jacobian.ToMatrix([2, 3, -1]).ToString());
        Assert.Equal("[1 0 0; 0 0 1]", jacobian.ToMatrix([2, 3, 0]).ToString());
        Assert.Equal("[0 0 0; 0 0 1]", jacobian.ToMatrix([2, 3, 1]).ToString());
    }

    [Fact]
    public void Tables_of_constants_and_of_neighbouring_inputs_are_read_where_they_are()
    {
        double[] table = [.. Enumerable.Range(0, 1000).Select(i => System.Math.Sin(i))];
        var graph = Record(x => At([.. table.Select(each => (object)each)], x[0]) * At([.. x], x[1]), 17, 2, 5);
        var program = Vectoriser.Roll(graph);
        Assert.InRange(program.WorkCount, 0, 8);
        Assert.All(program.Steps.OfType<Loop>(), loop => Assert.Equal(1, loop.Length));
        Assert.Equal(table[999] * 5, graph.Rolled(-1, 2, 5)[0]);
        Assert.Equal(table[3] * 3, graph.Compiled(3, 0, 5)[0]);
    }

    [Fact]
    public void An_index_that_is_known_to_be_inside_needs_no_look_beforehand_and_is_NaN_where_it_is_not_there()
    {
        const int N = 5;
        (Func<TracedNumber, TracedNumber> Index, bool IsSure)[] ways =
        [
            (p => (Math.Floor(p) % N + N) % N, true), (p => Math.Round(p) % N, true), (p => Math.Floor(p) % (N + 1), false),
            (p => p % N, false), (p => Math.Clamp(Math.Truncate(p), (TracedNumber)(-N), (TracedNumber)(N - 1)), true),
            (p => Math.Min(Math.Max(Math.Ceiling(p), 0.0), N - 1.0), true), (p => Math.Min(Math.Floor(p), N - 1.0), false),
            (p => 2 + 2 * Math.Sign(p), true), (p => 2 * Math.Sign(p) - 4, false), (p => 3 + Math.Sign(p), true),
            (p => Math.Abs(Math.Round(p)) % N - N, true),
            (p => -(Math.Round(p) % N) - 1, true), (p => 2 * (Math.Round(p) % 3), true),
            (p => Math.Round(p) % 3 - (2 + Math.Sign(p)), true),
        ];
        foreach (var (index, isSure) in ways)
        {
            var graph = Record(x => At([.. x[1..]], index(x[0])), [1, .. Values]);
            Assert.Equal(isSure ? 0 : 1, graph.UnsureReaders.Count);
            if (!isSure) continue;
            var branch = new TracedBranch(graph);
            foreach (var p in (double[])[0.5, -0.4, 17, -23.5, 1e300, -0.0])
            {
                Assert.True(new Tape(graph).Holds([p, .. Values]), $"{p}");
                Assert.True(branch.Holds([p, .. Values]));
                Assert.Contains(branch.TryEvaluate([p, .. Values], Value) ? Value[0] : double.NaN, Values);
            }

            Assert.True(branch.TryEvaluate([double.NaN, .. Values], Value));
            Assert.True(double.IsNaN(Value[0]));
        }
    }

    static readonly double[] Value = new double[1];

    [Fact]
    public void Text_shows_the_list_and_the_index()
    {
        var x = new Recorder([1, 2, 1.5]).Inputs;
        Assert.Equal("traced((x0, x1, ...)[Floor(x2)])", At([x[0], x[1], 3], Math.Floor(x[2])).ToString());
    }

    [Fact]
    public void A_program_that_reads_a_list_while_it_is_written_or_beyond_its_end_is_refused()
    {
        var at = new Access(Space.Input, 2, 0);
        LoopOperation Read(Access list, int length) => new(Operation.Gather, 0, list, at, length);
        Loop LoopOf(LoopOperation operation, Space space = Space.Output) => new(1, [operation], 1, [new(0, new(space, 0, 1))], []);
        LoopProgram Of(params Step[] steps) => new(3, 1, 4, [1.0, 2.0], steps);
        Assert.Equal(5.0, Of(LoopOf(Read(new(Space.Input, 0, 0), 3))).Run(4, 5, 1)[0]);
        var inconsistent = (LoopProgram[])
        [
            Of(LoopOf(Read(new(Space.Input, 0, 0), 4))), Of(LoopOf(Read(new(Space.Input, 0, 0), 0))),
            Of(LoopOf(Read(new(Space.Register, 0, 0), 1))), Of(LoopOf(Read(new(Space.Work, 0, 0), 2))),
            Of(LoopOf(new(Operation.Sqrt, 0, at, at, 2))), Of(LoopOf(new(Operation.List, 0, at, at))),
            Of(new Straight([new(Operation.Gather, new(Space.Output, 0), new(Space.Input, 0), new(Space.Input, 0))])),
            Of(new Scattering(new(Space.Work, 0), 2, [new(1, at, at with { Indices = [0] })]), LoopOf(Read(new(Space.Work, 0, 0), 2))),
            Of(new Scattering(new(Space.Work, 3), 2, [new(1, at, at)]), LoopOf(Read(new(Space.Input, 0, 0), 2))),
            Of(new Scattering(new(Space.Work, 0), 2, [new(1, at, at)]), new Loop(
                1, [Read(new(Space.Work, 0, 0), 2)], 1, [new(0, new(Space.Work, 1, 1)), new(0, new(Space.Output, 0, 1))], [])),
        ];
        Assert.All(inconsistent, program => Assert.Throws<ArgumentException>(() => LoopCompiler.Compile(program)));
    }
}
