using PhysOpt.Pictures;

namespace PhysOpt.Tests.Pictures;

/// <summary>Lines of equal loss from a grid that is finer where they bend.</summary>
public class ContourRefinementTests
{
    static double Square(double t) => t * t;

    static readonly Dictionary<string, (Frame Frame, Func<double, double, double> Value)> Functions = new()
    {
        ["Rosenbrock"] = (new(-2, 2, -1, 3), (x, y) => 100 * Square(y - x * x) + Square(1 - x)),
        ["Himmelblau"] = (new(-5, 5, -5, 5), (x, y) => Square(x * x + y - 11) + Square(x + y * y - 7)),
        ["a ring"] = (new(-2, 2, -2, 2), (x, y) => 1000 * Square(x * x + y * y - 1) + 0.1 * x),
        ["waves"] = (new(-1, 1, -1, 1), (x, y) => double.Sin(7 * x) * double.Cos(6 * y)),
        ["a bowl far up"] = (new(-1, 1, -1, 1), (x, y) => 1e6 + x * x + 30 * y * y),
    };

    public static TheoryData<string> Names() => [.. Functions.Keys];

    static double[,] Grid(string name, int points)
    {
        var (frame, value) = Functions[name];
        var values = new double[points, points];
        for (var i = 0; i < points; i++)
        {
            var x = frame.Left + frame.Width * i / (points - 1);
            for (var j = 0; j < points; j++) values[i, j] = value(x, frame.Bottom + frame.Height * j / (points - 1));
        }

        return values;
    }

    /// <summary>The lines of all levels, and the number of evaluations for them, of which there may be so many.</summary>
    static (IReadOnlyList<ContourLevel> Lines, int Evaluations) Refined(string name, int points, int most = int.MaxValue)
    {
        var (values, count) = (Grid(name, points), 0);
        var lines = Contours.Of(values, Functions[name].Frame, Contours.LevelsOf(values), dot =>
        {
            if (count == most) return null;
            count++;
            return Functions[name].Value(dot.Horizontal, dot.Vertical);
        });
        Assert.All(lines, line => Assert.NotEmpty(line.Segments));
        return (lines, count);
    }

    static List<ContourLevel> Plain(string name, int points)
    {
        var values = Grid(name, points);
        return [.. Contours.LevelsOf(values).Select(level => Contours.Of(values, Functions[name].Frame, level))];
    }

    /// <summary>
    /// The largest distance of the loss from its level, along all segments, as a part of the gap to the nearest other level or to the
    /// lowest value.
    /// </summary>
    static double Deviation(string name, int points, IReadOnlyList<ContourLevel> lines)
    {
        double[] levels = [Grid(name, points).Cast<double>().Min(), .. lines.Select(line => line.Value), double.PositiveInfinity];
        return lines.Select((line, k) => line.Segments.Max(piece => Enumerable.Range(0, 9).Max(eighth =>
        {
            var t = eighth / 8.0;
            var value = Functions[name].Value(
                piece.From.Horizontal + t * (piece.To.Horizontal - piece.From.Horizontal),
                piece.From.Vertical + t * (piece.To.Vertical - piece.From.Vertical));
            return double.Abs(value - line.Value) / double.Min(levels[k + 1] - levels[k], levels[k + 2] - levels[k + 1]);
        }))).Max();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_point_of_a_line_has_its_level_within_a_tenth_of_the_gap_between_levels(string name)
    {
        foreach (var points in (int[])[61, 121])
        {
            var lines = Refined(name, points).Lines;
            Assert.InRange(Deviation(name, points, lines), 0, ContourGrid.Tolerance);
        }
    }

    [Fact]
    public void Without_dividing_cells_it_would_not() =>
        Assert.True(Deviation("Rosenbrock", 121, Plain("Rosenbrock", 121)) > 5 * ContourGrid.Tolerance);

    [Theory]
    [MemberData(nameof(Names))]
    public void Lines_are_closed_or_end_on_the_frame_wherever_evaluations_run_out(string name)
    {
        var frame = Functions[name].Frame;
        foreach (var most in (int[])[0, 1, 17, 300, 1000, 3000, int.MaxValue])
        {
            foreach (var line in Refined(name, 41, most).Lines)
            {
                var pieces = line.Segments.Where(piece => piece.From != piece.To);
                var ends = pieces.SelectMany(piece => new[] { piece.From, piece.To }).GroupBy(dot => dot);
                Assert.All(ends.Where(end => !IsOnEdge(end.Key)), end => Assert.Equal(0, end.Count() % 2));
            }
        }

        bool IsOnEdge(Dot dot) =>
            dot.Horizontal == frame.Left || dot.Horizontal == frame.Right || dot.Vertical == frame.Bottom || dot.Vertical == frame.Top;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_more_is_evaluated_than_there_is_and_more_helps(string name)
    {
        var all = Refined(name, 41);
        var half = Refined(name, 41, all.Evaluations / 2);
        Assert.Equal(all.Evaluations / 2, half.Evaluations);
        Assert.True(Deviation(name, 41, all.Lines) <= Deviation(name, 41, half.Lines));
        Assert.InRange(all.Evaluations, 100, 40_000);
    }

    [Fact]
    public void A_valley_narrower_than_a_cell_is_one_line_and_no_string_of_beads()
    {
        Assert.True(Parts(Plain("a ring", 41)[0]) > 4);
        var line = Refined("a ring", 41).Lines[0];

        // below the highest place of the valley around a part of the ring, above it inside and outside
        Assert.Equal(line.Value < 0.1 ? 1 : 2, Parts(line));
    }

    /// <summary>The number of lines that are not connected.</summary>
    static int Parts(ContourLevel line)
    {
        var parent = line.Segments.SelectMany(piece => new[] { piece.From, piece.To }).Distinct().ToDictionary(dot => dot);
        foreach (var (from, to) in line.Segments) parent[Top(from)] = Top(to);
        return parent.Keys.Select(Top).Distinct().Count();

        Dot Top(Dot dot)
        {
            while (parent[dot] != dot) dot = parent[dot] = parent[parent[dot]];
            return dot;
        }
    }

    [Fact]
    public void Straight_lines_divide_no_cell()
    {
        var values = new double[9, 9];
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 9; j++) values[i, j] = 2 * i - j;
        }

        var (frame, level) = (new Frame(0, 8, 0, 8), 3.3);
        var refined = Assert.Single(Contours.Of(values, frame, [level], dot => 2 * dot.Horizontal - dot.Vertical));
        Assert.Equal(Contours.Of(values, frame, level).Segments.ToHashSet(), refined.Segments.ToHashSet());
    }

    [Fact]
    public void Where_there_is_no_value_there_is_no_line()
    {
        static double Value(double x, double y) => x > 0.01 ? double.NaN : Square(y - x * x);
        var values = new double[21, 21];
        for (var i = 0; i < 21; i++)
        {
            for (var j = 0; j < 21; j++) values[i, j] = Value(-1 + i / 10.0, -1 + j / 10.0);
        }

        var lines = Contours.Of(values, new(-1, 1, -1, 1), Contours.LevelsOf(values), dot => Value(dot.Horizontal, dot.Vertical));
        Assert.All(lines, line => Assert.All(line.Segments, piece => Assert.True(piece.From.Horizontal <= 0 && piece.To.Horizontal <= 0)));
        Assert.Contains(lines, line => line.Segments.Count > 0);
    }
}
