using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Pictures;

namespace PhysOpt.Tests.Pictures;

/// <summary>From records to what is drawn.</summary>
public class PictureBuilderTests
{
    static readonly IterationRecord[] Descent = [.. Optimizer.Run(Runs.ThreeSpaces, new GradientDescent(0.01), Runs.Exactly(10))];
    static readonly IterationRecord[] Newton = [.. Optimizer.Run(Runs.ThreeSpaces, new Newton(1.0 / 3), Runs.Exactly(10))];

    static Picture Draw(IEnumerable<IterationRecord> records, PictureOptions? options = null, PictureNotes? notes = null)
    {
        var builder = new PictureBuilder(options ?? new());
        foreach (var record in records) builder.Add(record);
        return builder.Build(notes ?? new(), TestContext.Current.CancellationToken);
    }

    static string ErrorId(IEnumerable<IterationRecord> records, PictureOptions? options = null) =>
        Assert.Throws<ProblemException>(() => Draw(records, options)).ErrorId;

    static IterationRecord Record(string method, int iteration, double loss, params double[] x) =>
        new() { Method = method, Iteration = iteration, Loss = loss, X = new Vector(x) };

    /// <summary>A problem whose x is long: L = |x|^2.</summary>
    static IterationRecord[] Long(int components, int iterations = 20) =>
        [.. Optimizer.Run(Runs.Objective(new SquaredDistance(), [.. Enumerable.Range(1, components).Select(i => (double)i)]),
            new GradientDescent(0.1), Runs.Exactly(iterations))];

    [Fact]
    public void A_path_is_drawn_point_by_point()
    {
        var picture = Draw(Descent);
        var curve = Assert.Single(picture.Curves);
        Assert.Equal(("GradientDescent", "#1F77B4", 11), (curve.Label, curve.Colour.ToString(), curve.Dots.Count));
        Assert.Equal(Descent.Select(record => new Dot(record.X[0], record.X[1])), curve.Dots);
        Assert.Equal(("ThreeSpaces", "x0", "x1"), (picture.Title, picture.HorizontalLabel, picture.VerticalLabel));
        Assert.Equal([new(MarkKind.Start, new(3, 3)), new Mark(MarkKind.Solution, new(0, 0))], picture.Marks);
        Assert.All(curve.Dots, dot => Assert.True(picture.Frame.Contains(dot)));
    }

    [Fact]
    public void In_y_the_solution_is_where_the_physics_takes_it()
    {
        var picture = Draw(Newton, new() { Space = PlotSpace.Y });
        Assert.Equal(new(3, 9), picture.Curves[0].Dots[0]);
        Assert.Contains(new Mark(MarkKind.SolutionInY, new(0, 0)), picture.Marks);
        Assert.Equal(("ThreeSpaces: y space", "y0", "y1"), (picture.Title, picture.HorizontalLabel, picture.VerticalLabel));
    }

    [Fact]
    public void Components_are_those_that_were_chosen()
    {
        var curve = Assert.Single(Draw(Long(6), new() { Components = [4, 1] }).Curves);
        Assert.Equal(new(5, 2), curve.Dots[0]);
    }

    [Fact]
    public void One_component_is_drawn_against_the_loss_with_the_loss_as_a_curve()
    {
        var problem = Runs.Objective(DelegateMap.Create(x => new Vector((x[0] - 1) * (x[0] - 1))), 3);
        var picture = Draw(Optimizer.Run(problem, new GradientDescent(0.1), Runs.Exactly(5)), new() { ShowsContours = true });
        Assert.Equal(("x0", "loss"), (picture.HorizontalLabel, picture.VerticalLabel));
        Assert.Equal(new(3, 4), picture.Curves[1].Dots[0]);
        Assert.All(picture.Curves[0].Dots, dot => Assert.Equal((dot.Horizontal - 1) * (dot.Horizontal - 1), dot.Vertical));
    }

    [Fact]
    public void Runs_are_told_apart_one_after_another_and_in_turns()
    {
        var whole = Draw(Descent.Concat(Newton));
        Assert.Equal(["GradientDescent", "Newton"], whole.Curves.Select(curve => curve.Label));
        var inTurns = Draw(Descent.Zip(Newton).SelectMany(pair => new[] { pair.First, pair.Second }));
        Assert.Equal(whole.Curves.SelectMany(curve => curve.Dots), inTurns.Curves.SelectMany(curve => curve.Dots));
    }

    [Fact]
    public void Two_runs_of_one_method_have_its_colour_and_different_lines()
    {
        var picture = Draw(Descent.Concat(Descent));
        Assert.Equal(["GradientDescent 1", "GradientDescent 2"], picture.Curves.Select(curve => curve.Label));
        Assert.Single(picture.Curves.Select(curve => curve.Colour).Distinct());
        Assert.Equal(2, picture.Curves.Select(curve => (curve.Line, curve.Marker)).Distinct().Count());
        Assert.Single(picture.Marks, mark => mark.Kind == MarkKind.Start);
    }

    [Fact]
    public void Many_runs_of_one_method_share_a_line_of_the_legend()
    {
        var picture = Draw(Enumerable.Range(0, 7).SelectMany(_ => Descent));
        Assert.Equal(["GradientDescent (7 runs)"], picture.Curves.Select(curve => curve.Label).OfType<string>());
    }

    [Theory]
    [InlineData(null, "iteration", 10)]
    [InlineData(PlotAgainst.Iteration, "iteration", 10)]
    [InlineData(PlotAgainst.Evaluations, "evaluations", 11)]
    public void Losses_are_logarithms_against_what_was_asked(PlotAgainst? against, string label, double last)
    {
        var picture = Draw(Descent, new() { Space = PlotSpace.Loss, Against = against });
        Assert.Equal((label, "loss", true, true),
            (picture.HorizontalLabel, picture.VerticalLabel, picture.IsLogarithmic, picture.CountsHorizontally));
        Assert.Equal(last, picture.Curves[0].Dots[^1].Horizontal);
        Assert.Equal(Descent.Select(record => double.Log10(record.Loss)), picture.Curves[0].Dots.Select(dot => dot.Vertical));
    }

    [Fact]
    public void Times_are_in_a_unit_that_suits_them()
    {
        var records = Descent.Select(record => record with { Elapsed = TimeSpan.FromMilliseconds(2 * record.Iteration) });
        var picture = Draw(records, new() { Against = PlotAgainst.Time });
        Assert.Equal(("time in ms", 20), (picture.HorizontalLabel, picture.Curves[0].Dots[^1].Horizontal));
        Assert.Equal("time in s",
            Draw(records.Select(record => record with { Elapsed = record.Elapsed * 1000 }), new() { Against = PlotAgainst.Time })
            .HorizontalLabel);
    }

    [Fact]
    public void A_loss_of_zero_is_drawn_a_decade_below_the_smallest_that_is_not()
    {
        var notes = new PictureNotes();
        var picture = Draw([Record("Newton", 0, 1, 0), Record("Newton", 1, 2e-5, 0), Record("Newton", 2, 0, 0)],
            new() { Space = PlotSpace.Loss }, notes);
        Assert.Equal([0, double.Log10(2e-5), -6], picture.Curves[0].Dots.Select(dot => dot.Vertical));
        Assert.Contains("1 of the losses is 0 and drawn at 1E-6", Assert.Single(notes.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Without_a_logarithm_the_axis_is_linear(double loss)
    {
        var picture = Draw([Record("Newton", 0, loss < 0 ? 1 : 0, 0), Record("Newton", 1, loss, 0)], new() { Space = PlotSpace.Loss });
        Assert.False(picture.IsLogarithmic);
        Assert.Equal(loss, picture.Curves[0].Dots[^1].Vertical);
    }

    [Fact]
    public void A_long_state_is_drawn_with_a_line_for_some_iterations()
    {
        var picture = Draw(Long(17));
        Assert.Equal(("component i", "x_i"), (picture.HorizontalLabel, picture.VerticalLabel));
        Assert.InRange(picture.Curves.Count, 3, 8);
        Assert.Equal("iteration 0", picture.Curves[0].Label);
        Assert.Equal("iteration 20", picture.Curves[^1].Label);
        Assert.Equal(Enumerable.Range(0, 17).Select(i => new Dot(i, i + 1)), picture.Curves[0].Dots);
        Assert.Equal(picture.Curves.Count, picture.Curves.Select(curve => curve.Colour).Distinct().Count());
        Assert.Single(Draw(Long(16)).Curves);
    }

    [Fact]
    public void A_heat_map_has_a_row_per_iteration()
    {
        var run = Long(17, 3);
        var picture = Draw(run, new() { ShowsHeatMap = true });
        Assert.Equal((4, 17), (picture.HeatMap!.Values.GetLength(0), picture.HeatMap.Values.GetLength(1)));
        for (var row = 0; row < 4; row++) Assert.Equal(run[row].X, Enumerable.Range(0, 17).Select(i => picture.HeatMap.Values[row, i]));
        Assert.Equal((-0.5, 3.5), (picture.Frame.Bottom, picture.Frame.Top));
    }

    [Fact]
    public void Contours_are_lines_of_equal_loss()
    {
        var picture = Draw(Newton, new() { ShowsContours = true });
        Assert.Equal(Contours.Levels, picture.Contours.Count);
        foreach (var level in picture.Contours)
        {
            Assert.NotEmpty(level.Segments);
            Assert.All(level.Segments, piece =>
                Assert.Equal(level.Value, double.Pow(piece.From.Horizontal, 2) + double.Pow(piece.From.Vertical, 4),
                Interpolation(picture.Frame)));
        }
    }

    [Fact]
    public void Contours_follow_swapped_components()
    {
        var (plain, swapped) = (Draw(Newton, new() { ShowsContours = true }),
            Draw(Newton, new() { ShowsContours = true, Components = [1, 0] }));
        Assert.Equal(plain.Contours[0].Value, swapped.Contours[0].Value, 0.1 * plain.Contours[0].Value);
        Assert.All(swapped.Contours[^1].Segments, piece =>
            Assert.Equal(swapped.Contours[^1].Value, double.Pow(piece.From.Vertical, 2) + double.Pow(piece.From.Horizontal, 4),
            Interpolation(swapped.Frame)));
    }

    /// <summary>
    /// How far linear values of L = x0^2 + x1^4 on a grid of 25 or more points are off: h^2/8 max|L''| with L'' = 12 x1^2.
    /// </summary>
    static double Interpolation(Frame frame)
    {
        var (h, largest) = (double.Max(frame.Width, frame.Height) / 24, double.Max(frame.Right, frame.Top));
        return h * h / 8 * 12 * largest * largest;
    }

    [Fact]
    public void Where_there_can_be_no_contours_the_picture_says_why()
    {
        AssertWarns("x has 6 components", Long(6));
        AssertWarns("do not travel through files", Newton.Select(record => record with { Problem = null }));
        AssertWarns("different problems", Newton.Concat(Optimizer.Run(Runs.Rosenbrock, new Newton(1), Runs.Exactly(3))));

        static void AssertWarns(string reason, IEnumerable<IterationRecord> records)
        {
            var notes = new PictureNotes();
            Assert.Empty(Draw(records, new() { ShowsContours = true, Space = PlotSpace.X }, notes).Contours);
            Assert.Contains(reason.Replace("do not", "does not", StringComparison.Ordinal), Assert.Single(notes.Warnings),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Records_without_finite_values_are_left_out_and_counted()
    {
        var notes = new PictureNotes();
        var picture = Draw([Record("Newton", 0, 1, 1, 2), Record("Newton", 1, 1, double.NaN, 2),
            Record("Newton", 2, 1, 3, double.PositiveInfinity), Record("Newton", 3, 1, 4, 5)], notes: notes);
        Assert.Equal([new(1, 2), new Dot(4, 5)], Assert.Single(picture.Curves).Dots);
        Assert.StartsWith("2 of 4 records", Assert.Single(notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_records_become_few_points_that_span_the_same_frame()
    {
        var notes = new PictureNotes();
        var picture = Draw(Enumerable.Range(0, 100_000).Select(i => Record("Newton", i, 1, double.Cos(i), double.Sin(i) * i)),
            notes: notes);
        var dots = Assert.Single(picture.Curves).Dots;
        Assert.InRange(dots.Count, 100, 12_000);
        Assert.Equal(new(1, 0), dots[0]);
        Assert.Contains("100000 records are drawn as", Assert.Single(notes.Warnings), StringComparison.Ordinal);
        Assert.Equal(Frame.Around(Enumerable.Range(0, 100_000).Select(i => new Dot(double.Cos(i), double.Sin(i) * i))), picture.Frame);
    }

    [Fact]
    public void A_single_record_has_room_around_it()
    {
        var frame = Draw([Record("Newton", 0, 1, 2, 0)]).Frame;
        Assert.Equal((1, 3, -0.5, 0.5), (frame.Left, frame.Right, frame.Bottom, frame.Top));
    }

    [Theory]
    [InlineData(-double.MaxValue, double.MaxValue)]
    [InlineData(1e300, 1e300)]
    [InlineData(double.Epsilon, 0)]
    [InlineData(1, 1.0000000000000002)]
    public void A_frame_is_finite_and_not_empty(double from, double to)
    {
        var frame = Frame.Around([new(from, from), new(to, to)]);
        Assert.True(double.IsFinite(frame.Width) && double.IsFinite(frame.Height) && frame.Width > 0 && frame.Height > 0);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_by_name()
    {
        Assert.Equal("NoRecords", ErrorId([]));
        Assert.Equal("NoFiniteRecords", ErrorId([Record("Newton", 0, double.NaN, double.NaN, 1)]));
        Assert.Equal("TrajectoriesDifferInLength", ErrorId(Newton.Concat(Long(3))));
        Assert.Equal("ComponentOutOfRange", ErrorId(Newton, new() { Components = [0, 2] }));
        Assert.Equal("ComponentCount", ErrorId(Newton, new() { Components = [0, 1, 0] }));
        Assert.Equal("NoPhysics", ErrorId(Long(3), new() { Space = PlotSpace.Y }));
        Assert.Equal("HeatMapNeedsState", ErrorId(Newton, new() { Space = PlotSpace.X, ShowsHeatMap = true }));
        Assert.Equal("HeatMapNeedsOneRun", ErrorId(Newton.Concat(Descent), new() { ShowsHeatMap = true }));
        Assert.Equal("ContourNeedsPath", ErrorId(Newton, new() { Space = PlotSpace.Loss, ShowsContours = true }));
        Assert.Equal("ComponentNeedsPath", ErrorId(Newton, new() { Space = PlotSpace.Loss, Components = [0] }));
        Assert.Equal("AgainstNeedsLoss", ErrorId(Newton, new() { Space = PlotSpace.X, Against = PlotAgainst.Time }));
    }

    [Fact]
    public void Losses_of_problems_of_any_length_share_a_picture() =>
        Assert.Equal(2, Draw(Newton.Concat(Long(3)), new() { Space = PlotSpace.Loss }).Curves.Count);
}
