using System.Text;

namespace PhysOpt.Pictures.Terminal;

/// <summary>A picture as lines of text: the drawing between its axes, and a legend below.</summary>
internal sealed class TerminalChart
{
    /// <summary>The fewest lines and columns that the drawing itself has.</summary>
    const int FewestRows = 4, FewestColumns = 10;

    readonly Picture picture;
    readonly TerminalAbilities abilities;
    readonly int width, height;

    /// <param name="picture">What to draw.</param>
    /// <param name="width">The columns of all, at most.</param>
    /// <param name="height">The lines of all, at most, as long as there is room for the drawing.</param>
    /// <param name="abilities">What can be shown.</param>
    internal TerminalChart(Picture picture, int width, int height, TerminalAbilities abilities)
    {
        (this.picture, this.width, this.height) = (picture, width, height);
        // without colours, braille cannot tell curves apart
        var needsSymbols = abilities.Colours == ColourMode.None && picture.Curves.Count > 1;
        this.abilities = needsSymbols ? abilities with { HasUnicode = false } : abilities;
    }

    /// <summary>The lines, without ends of lines.</summary>
    internal IReadOnlyList<string> Lines()
    {
        var frame = picture.Frame;
        var legend = Legend(NewCanvas(1, 1)); // its symbols do not depend on the size
        var heading = Heading();
        var rows = int.Max(FewestRows, height - heading.Length - legend.Count - 2);
        var upwards = TerminalTicks.Of(frame.Bottom, frame.Top, int.Max(2, rows / 4), picture.IsLogarithmic, picture.CountsVertically);
        var margin = int.Min(upwards.Max(tick => (int?)tick.Label.Length) ?? 0, int.Max(0, width - FewestColumns - 1));
        var columns = int.Max(FewestColumns, width - margin - 1);
        var canvas = NewCanvas(columns, rows);
        Draw(canvas);

        var labels = new string[rows];
        foreach (var (at, label) in upwards) labels[int.Clamp(Down(at, rows), 0, rows - 1)] = label;
        var lines = new List<string>(heading);
        for (var row = 0; row < rows; row++)
        {
            var label = labels[row] ?? "";
            lines.Add(label[..int.Min(margin, label.Length)].PadLeft(margin) + (labels[row] is null ? Side : Tick) + Text(canvas.Row(row)));
        }

        lines.AddRange(Bottom(margin, columns));
        lines.AddRange(legend);
        return lines;
    }

    ICanvas NewCanvas(int columns, int rows) => abilities.HasUnicode ? new BrailleCanvas(columns, rows) : new PlainCanvas(columns, rows);

    char Side => abilities.HasUnicode ? '│' : '|';

    char Tick => abilities.HasUnicode ? '┤' : '+';

    /// <summary>The vertical axis' label over the axis, and the title.</summary>
    string[] Heading()
    {
        var text = picture.Title.Length > 0 ? $"{picture.VerticalLabel}   {picture.Title}" : picture.VerticalLabel;
        return [text.Length <= width ? text : text[..width]];
    }

    void Draw(ICanvas canvas)
    {
        // lines first: where points have characters of their own, these stay in sight
        for (var curve = 0; curve < picture.Curves.Count; curve++)
        {
            var dots = picture.Curves[curve].Dots;
            for (var i = 1; i < dots.Count; i++)
            {
                var ((x, y), (toX, toY)) = (Place(dots[i - 1], canvas), Place(dots[i], canvas));
                canvas.Line(x, y, toX, toY, curve);
            }
        }

        for (var curve = 0; curve < picture.Curves.Count; curve++)
        {
            foreach (var dot in picture.Curves[curve].Dots)
            {
                var (x, y) = Place(dot, canvas);
                canvas.Point(x, y, curve, picture.Curves[curve].Marker != MarkerShape.None);
            }
        }

        foreach (var mark in picture.Marks)
        {
            var (x, y) = Place(mark.At, canvas);
            canvas.Mark(x, y, mark.Kind);
        }
    }

    (int X, int Y) Place(Dot dot, ICanvas canvas) => (Right(dot.Horizontal, canvas.Width), Down(dot.Vertical, canvas.Height));

    /// <summary>Which of so many points a value falls on.</summary>
    int Right(double value, int points) => (int)double.Floor((value - picture.Frame.Left) / picture.Frame.Width * (points - 1) + 0.5);

    int Down(double value, int points) =>
        points - 1 - (int)double.Floor((value - picture.Frame.Bottom) / picture.Frame.Height * (points - 1) + 0.5);

    /// <summary>The characters, the escape sequences as few as can be, and no blanks at the end.</summary>
    string Text(IEnumerable<(char Character, int Curve)> row)
    {
        var text = new StringBuilder();
        foreach (var (curve, part) in Parts(row))
            text.Append(curve < 0 ? part : Ansi.Coloured(part, picture.Curves[curve].Colour, abilities.Colours));
        return text.ToString().TrimEnd();
    }

    static IEnumerable<(int Curve, string Text)> Parts(IEnumerable<(char Character, int Curve)> row)
    {
        var (current, part) = (-1, new StringBuilder());
        foreach (var (character, curve) in row)
        {
            if (curve != current && part.Length > 0)
            {
                yield return (current, part.ToString());
                part.Clear();
            }

            current = curve;
            part.Append(character);
        }

        yield return (current, part.ToString());
    }

    /// <summary>The horizontal axis with its ticks, and below it their labels and what the axis shows.</summary>
    string[] Bottom(int margin, int columns)
    {
        var (line, tick, corner) = abilities.HasUnicode ? ('─', '┬', '└') : ('-', '+', '+');
        var axis = Enumerable.Repeat(line, columns).ToArray();
        var labels = Enumerable.Repeat(' ', margin + 1 + columns).ToArray();
        var name = picture.HorizontalLabel.Length < columns ? picture.HorizontalLabel : "";
        var free = labels.Length - (name.Length > 0 ? name.Length + 1 : 0); // the name stands at the right end
        var next = 0;
        foreach (var (at, label) in TerminalTicks.Of(picture.Frame.Left, picture.Frame.Right, int.Max(2, columns / 10),
            picture.IsLogarithmicAcross, picture.CountsHorizontally))
        {
            var column = int.Clamp(Right(at, columns), 0, columns - 1);
            axis[column] = tick;
            var start = int.Max(next, margin + 1 + column - label.Length / 2);
            if (start + label.Length > free) continue;
            label.CopyTo(0, labels, start, label.Length);
            next = start + label.Length + 1;
        }

        name.CopyTo(0, labels, labels.Length - name.Length, name.Length);
        return [new string(' ', margin) + corner + new string(axis), new string(labels).TrimEnd()];
    }

    /// <summary>What the curves and marks are called, on as few lines as they fit.</summary>
    List<string> Legend(ICanvas canvas)
    {
        var entries = new List<(string Plain, string Shown)>();
        for (var curve = 0; curve < picture.Curves.Count; curve++)
        {
            if (picture.Curves[curve].Label is not { } label) continue;
            var symbol = canvas.Symbol(curve);
            entries.Add(($"{symbol} {label}", $"{Ansi.Coloured(symbol, picture.Curves[curve].Colour, abilities.Colours)} {label}"));
        }

        foreach (var kind in picture.Marks.Select(mark => mark.Kind).Distinct())
        {
            var text = $"{canvas.Symbol(kind)} {(kind == MarkKind.Start ? "start" : "solution")}";
            entries.Add((text, text));
        }

        var (lines, length) = (new List<string>(), 0);
        foreach (var (plain, shown) in entries)
        {
            if (lines.Count > 0 && length + 3 + plain.Length <= width)
            {
                lines[^1] += "   " + shown;
                length += 3 + plain.Length;
            }
            else
            {
                lines.Add(plain.Length <= width ? shown : plain[..width]);
                length = plain.Length;
            }
        }

        return lines;
    }
}
