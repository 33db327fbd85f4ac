using PhysOpt.Pictures;

namespace PhysOpt.Tests.Pictures;

/// <summary>Lines of equal loss.</summary>
public class ContourTests
{
    static readonly Frame Square = new(-1, 1, -1, 1);

    static double[,] Grid(int points, Func<double, double, double> f)
    {
        var values = new double[points, points];
        for (var i = 0; i < points; i++)
        {
            for (var j = 0; j < points; j++) values[i, j] = f(-1 + 2.0 * i / (points - 1), -1 + 2.0 * j / (points - 1));
        }

        return values;
    }

    static double Length(ContourLevel level) =>
        level.Segments.Sum(piece => double.Hypot(piece.To.Horizontal - piece.From.Horizontal, piece.To.Vertical - piece.From.Vertical));

    [Fact]
    public void A_plane_has_straight_lines_where_it_has_the_value() // linear interpolation is exact there
    {
        var level = Contours.Of(Grid(9, (x, y) => 2 * x - y), Square, 0.3);
        Assert.NotEmpty(level.Segments);
        Assert.All(level.Segments, piece =>
            Assert.All([piece.From, piece.To], dot => Assert.Equal(0.3, 2 * dot.Horizontal - dot.Vertical, 1e-12)));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(81)]
    public void A_circle_comes_out_with_the_error_of_linear_interpolation(int points)
    {
        // on an edge of length h the error of a linear value is at most h^2/8 times the second derivative 2, that of the radius half of it
        // over the radius
        var h = 2.0 / (points - 1);
        var level = Contours.Of(Grid(points, (x, y) => x * x + y * y), Square, 0.49);
        Assert.All(level.Segments, piece =>
            Assert.InRange(double.Hypot(piece.From.Horizontal, piece.From.Vertical), 0.7 - h * h / 4, 0.7 + h * h / 4));
        Assert.Equal(2 * double.Pi * 0.7, Length(level), 4 * h * h);
    }

    [Fact]
    public void Every_end_within_the_grid_is_the_end_of_two_segments() // lines do not stop, also not at saddles
    {
        var level = Contours.Of(Grid(40, (x, y) => double.Sin(7 * x) * double.Cos(6 * y)), Square, 0.01);
        var ends = level.Segments.SelectMany(piece => new[] { piece.From, piece.To })
            .Where(dot => double.Abs(dot.Horizontal) < 1 - 1e-9 && double.Abs(dot.Vertical) < 1 - 1e-9)
            .GroupBy(dot => (double.Round(dot.Horizontal, 10), double.Round(dot.Vertical, 10)));
        Assert.All(ends, end => Assert.Equal(2, end.Count()));
    }

    [Fact]
    public void The_lines_are_those_of_any_increasing_function_of_the_loss()
    {
        // levels go with the values, so that what they enclose stays the same
        var (plain, cubed) = (Grid(31, (x, y) => x * x + 2 * y * y), Grid(31, (x, y) => double.Pow(x * x + 2 * y * y, 3)));
        Assert.Equal(Contours.LevelsOf(plain).Select(level => double.Pow(level, 3)), Contours.LevelsOf(cubed), (a, b) =>
            double.Abs(a - b) <= 1e-12 * double.Abs(a));
    }

    [Fact]
    public void Rings_of_a_bowl_are_evenly_spaced()
    {
        // a ring that encloses the part (k/12)^2 of the area has a radius in proportion to k, as long as it is within the square
        var radii = Contours.LevelsOf(Grid(401, (x, y) => x * x + y * y)).Select(double.Sqrt).TakeWhile(radius => radius < 1).ToList();
        Assert.True(radii.Count >= 8);
        var first = 2 / double.Sqrt(double.Pi) / 12;
        Assert.All(radii.Select((radius, k) => radius / (k + 1)), step => Assert.Equal(first, step, 0.02 * first));
    }

    [Fact]
    public void Where_there_is_no_value_there_is_no_line()
    {
        var level = Contours.Of(Grid(21, (x, y) => x > 0 ? double.NaN : y), Square, 0.05);
        Assert.NotEmpty(level.Segments);
        Assert.All(level.Segments, piece => Assert.True(piece.From.Horizontal <= 0 && piece.To.Horizontal <= 0));
    }

    [Fact]
    public void A_flat_function_or_none_has_no_levels()
    {
        Assert.Empty(Contours.LevelsOf(Grid(5, (_, _) => 3)));
        Assert.Empty(Contours.LevelsOf(Grid(5, (_, _) => double.NaN)));
    }
}
