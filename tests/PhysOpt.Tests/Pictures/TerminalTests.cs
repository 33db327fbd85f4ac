using CsCheck;
using PhysOpt.Pictures;
using PhysOpt.Pictures.Terminal;

namespace PhysOpt.Tests.Pictures;

/// <summary>Pictures made of characters.</summary>
public class TerminalTests
{
    static readonly TerminalAbilities Braille = new(ColourMode.None, HasUnicode: true);
    static readonly TerminalAbilities Coloured = new(ColourMode.Full, HasUnicode: true);

    static string Row(ICanvas canvas, int row) => string.Concat(canvas.Row(row).Select(cell => cell.Character));

    static Picture Picture(params Curve[] curves) => new()
    {
        Title = "title",
        HorizontalLabel = "x0",
        VerticalLabel = "x1",
        Frame = Frame.Around(curves.SelectMany(curve => curve.Dots)),
        Curves = curves,
        Marks = [new(MarkKind.Start, curves[0].Dots[0])],
    };

    static Curve Curve(string method, params Dot[] dots) =>
        new(method, method, MethodColours.Of(method), dots, LinePattern.Solid, MarkerShape.Circle);

    static readonly Picture One = Picture(Curve("Newton", new(0, 0), new(1, 1), new(2, 4), new(3, 9)));
    static readonly Picture Two = Picture(Curve("Newton", new(0, 0), new(3, 9)), Curve("Lbfgs", new(0, 9), new(3, 0)));

    [Theory]
    [InlineData(0, 0, '⠁')]
    [InlineData(1, 0, '⠈')]
    [InlineData(0, 1, '⠂')]
    [InlineData(1, 2, '⠠')]
    [InlineData(0, 3, '⡀')]
    [InlineData(1, 3, '⢀')]
    public void A_point_is_one_dot_of_a_braille_character(int x, int y, char character)
    {
        var canvas = new BrailleCanvas(2, 2);
        canvas.Point(x, y, 0, isMarked: false);
        Assert.Equal($"{character} ", Row(canvas, 0));
        canvas.Point(x + 2, y + 4, 0, isMarked: false);
        Assert.Equal($" {character}", Row(canvas, 1));
    }

    [Fact]
    public void Marked_points_are_seen_on_their_line()
    {
        var canvas = new BrailleCanvas(4, 1);
        canvas.Line(0, 0, 7, 0, 0);
        canvas.Point(4, 0, 0, isMarked: true);
        Assert.Equal("⠉⠉•⠉", Row(canvas, 0));
    }

    [Fact]
    public void All_points_fill_a_canvas()
    {
        var canvas = new BrailleCanvas(3, 2);
        for (var x = 0; x < canvas.Width; x++) canvas.Line(x, 0, x, canvas.Height - 1, 0);
        Assert.Equal("⣿⣿⣿", Row(canvas, 0));
        Assert.Equal("⣿⣿⣿", Row(canvas, 1));
    }

    [Fact]
    public void Points_beyond_the_edges_are_not_drawn()
    {
        foreach (ICanvas canvas in new ICanvas[] { new BrailleCanvas(2, 1), new PlainCanvas(2, 1) })
        {
            foreach (var (x, y) in new[] { (-1, 0), (canvas.Width, 0), (0, -1), (0, canvas.Height), (int.MaxValue, int.MinValue) })
            {
                canvas.Point(x, y, 0, isMarked: true);
                canvas.Mark(x, y, MarkKind.Start);
            }

            Assert.Equal("  ", Row(canvas, 0));
        }
    }

    [Fact]
    public void A_line_goes_from_end_to_end_without_gaps() =>
        Gen.Select(Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Int[-50, 50]).Sample((x, y, toX, toY) =>
    {
        var points = Raster.Line(x, y, toX, toY).ToList();
        Assert.Equal((x, y), points[0]);
        Assert.Equal((toX, toY), points[^1]);
        Assert.Equal(int.Max(int.Abs(toX - x), int.Abs(toY - y)) + 1, points.Count);
        Assert.All(points.Zip(points.Skip(1)), pair =>
            Assert.True(int.Abs(pair.Second.X - pair.First.X) <= 1 && int.Abs(pair.Second.Y - pair.First.Y) <= 1));
        // never more than half a point beside the straight line
        var (dx, dy) = ((double)(toX - x), (double)(toY - y));
        var length = double.Max(double.Abs(dx), double.Abs(dy));
        Assert.All(points, point => Assert.True(length == 0 || double.Abs(dx * (point.Y - y) - dy * (point.X - x)) / length <= 0.5 + 1e-9));
    });

    [Fact]
    public void Lines_of_plain_characters_leave_points_in_sight()
    {
        var canvas = new PlainCanvas(5, 1);
        canvas.Point(2, 0, 1, isMarked: false);
        canvas.Line(0, 0, 4, 0, 0);
        canvas.Mark(4, 0, MarkKind.Solution);
        Assert.Equal("..+.X", Row(canvas, 0));
    }

    [Theory]
    [InlineData(20, 8)]
    [InlineData(80, 24)]
    [InlineData(200, 50)]
    public void A_chart_keeps_to_its_size(int width, int height)
    {
        foreach (var abilities in new[] { Braille, TerminalAbilities.Plain })
        {
            foreach (var picture in new[] { One, Two })
            {
                var lines = new TerminalChart(picture, width, height, abilities).Lines();
                Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
                if (height >= 20) Assert.Equal(height, lines.Count);
            }
        }
    }

    [Fact]
    public void A_chart_has_axes_labels_and_a_legend()
    {
        var lines = new TerminalChart(One, 60, 20, Braille).Lines();
        Assert.Equal("x1   title", lines[0]);
        Assert.Contains("x0", lines[^2], StringComparison.Ordinal);
        Assert.Equal("⠤•⠤ Newton   ○ start", lines[^1]);
        Assert.Contains(lines, line => line.TrimStart().StartsWith("5┤", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Any(character => character is >= '\u2801' and <= '\u28FF'));
    }

    [Fact]
    public void Plain_characters_are_ASCII_and_tell_curves_apart()
    {
        var text = string.Join('\n', new TerminalChart(Two, 60, 20, TerminalAbilities.Plain).Lines());
        Assert.True(text.All(char.IsAscii));
        Assert.Contains("* Newton   + Lbfgs   S start", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n').SkipLast(3)
            .Sum(line => line.SkipWhile(character => character is not '|' and not '+').Skip(1).Count(character => character == '+')));
    }

    [Fact]
    public void Several_curves_are_braille_only_in_colours()
    {
        Assert.DoesNotContain(new TerminalChart(Two, 60, 20, Braille).Lines(), line => line.Any(character => character > '\u2800'));
        var coloured = new TerminalChart(Two, 60, 20, Coloured).Lines();
        Assert.Contains(coloured, line => line.Any(character => character > '\u2800'));
        Assert.Contains(coloured, line => line.Contains("\e[38;2;255;127;14m", StringComparison.Ordinal));
        Assert.Contains(coloured, line => line.Contains("\e[38;2;44;160;44m", StringComparison.Ordinal));
        Assert.All(coloured, line => Assert.Equal(line.Split("\e[38").Length, line.Split("\e[0m").Length));
    }

    [Fact]
    public void Colours_do_not_move_characters()
    {
        var plain = new TerminalChart(One, 60, 20, Braille).Lines();
        var coloured = new TerminalChart(One, 60, 20, Coloured).Lines();
        Assert.Equal(plain, coloured.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\e\\[[0-9;]*m", "").TrimEnd()));
    }

    [Fact]
    public void The_nearest_of_256_colours_is_near() => Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Sample((red, green, blue) =>
    {
        // the widest gap of the cube is 95, so that no channel is more than 48 off
        Assert.InRange(Ansi.Index(new(red, green, blue)), 16, 255);
        var (r, g, b) = Shown(Ansi.Index(new(red, green, blue)));
        Assert.True(double.Hypot(double.Hypot(r - red, g - green), b - blue) <= 48 * double.Sqrt(3));
    });

    [Theory]
    [InlineData(0xFF0000, 196)]
    [InlineData(0x000000, 16)]
    [InlineData(0xFFFFFF, 231)]
    [InlineData(0x808080, 244)]
    [InlineData(0x1F77B4, 31)]
    public void Known_colours_have_known_numbers(int rgb, int index) => Assert.Equal(index, Ansi.Index(Colour.Of(rgb)));

    static (int Red, int Green, int Blue) Shown(int index)
    {
        int[] cube = [0, 95, 135, 175, 215, 255];
        if (index >= 232) return (8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232));
        return (cube[(index - 16) / 36], cube[(index - 16) / 6 % 6], cube[(index - 16) % 6]);
    }

    [Theory]
    [InlineData("Host", true, true, "", "Indexed", true)]
    [InlineData("Host", true, true, "COLORTERM=truecolor", "Full", true)]
    [InlineData("Host", true, true, "WT_SESSION=1", "Full", true)]
    [InlineData("Host", true, false, "", "Indexed", false)]
    [InlineData("Host", true, true, "NO_COLOR=1", "None", true)]
    [InlineData("Ansi", true, true, "NO_COLOR=1", "None", true)]
    [InlineData("Host", true, true, "TERM=dumb", "None", true)]
    [InlineData("PlainText", true, true, "", "None", true)]
    [InlineData("Host", false, true, "", "None", false)]
    [InlineData("Ansi", false, true, "", "Indexed", true)]
    [InlineData(null, true, true, "", "Indexed", true)]
    public void Colours_and_braille_are_shown_where_they_arrive(string? rendering, bool isTerminal, bool isUtf8, string variable,
        string colours, bool hasUnicode)
    {
        var parts = variable.Split('=');
        var abilities = TerminalAbilities.Of(rendering, isTerminal, isUtf8, name => name == parts[0] ? parts[1] : null);
        Assert.Equal((colours, hasUnicode), (abilities.Colours.ToString(), abilities.HasUnicode));
    }

    [Theory]
    [InlineData(0, 3.2, 6, "0 1 2 3")]
    [InlineData(-1, 1, 4, "-1 -0.5 0 0.5 1")]
    [InlineData(0.012, 0.057, 5, "0.02 0.03 0.04 0.05")]
    [InlineData(1000.0001, 1000.0003, 4, "1000.0001 1000.0002 1000.0003")]
    [InlineData(-2e-7, 2e-7, 4, "-2E-7 -1E-7 0 1E-7 2E-7")]
    [InlineData(1e6, 5e6, 4, "1E+6 2E+6 3E+6 4E+6 5E+6")]
    public void Ticks_are_round_numbers(double from, double to, int most, string labels) =>
        Assert.Equal(labels, string.Join(' ', TerminalTicks.Of(from, to, most, isLogarithmic: false, whole: false)
            .Select(tick => tick.Label)));

    [Fact]
    public void Ticks_of_logarithms_are_powers_of_ten() =>
        Assert.Equal(["1E-4", "0.01", "1"], TerminalTicks.Of(-4.2, 1.5, 3, isLogarithmic: true, whole: false).Select(tick => tick.Label));
}
