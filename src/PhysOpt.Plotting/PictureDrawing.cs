using PhysOpt.Pictures;
using ScottPlot;
using Curve = PhysOpt.Pictures.Curve;
using MarkerShape = ScottPlot.MarkerShape;

namespace PhysOpt.Plotting;

/// <summary>A picture drawn with ScottPlot, as large as it is to be.</summary>
internal sealed class PictureDrawing : IDisposable
{
    const float TextSize = 12, TitleSize = 14, SmallestTitleSize = 7, MarkSize = 9;

    /// <summary>Legends set text by its box, which in this font reaches further up than down.</summary>
    const float TextDrop = 1.5f;

    /// <summary>Text and lines are made for pictures of this size, and grow with larger ones.</summary>
    const double NaturalSize = 480;

    static readonly Color Ink = Color.FromHex("#262626");

    readonly Plot plot = new();
    readonly Picture picture;
    readonly int width, height;
    readonly double scale;

    internal PictureDrawing(Picture picture, int width, int height)
    {
        (this.picture, this.width, this.height) = (picture, width, height);
        scale = double.Max(1, int.Min(width, height) / NaturalSize);
        plot.ScaleFactor = scale;
        if (picture.HeatMap is { } map) Draw(map);
        DrawContours();
        foreach (var curve in picture.Curves) Draw(curve);
        foreach (var kind in picture.Marks.GroupBy(mark => mark.Kind)) Draw(kind);
        SetAxes();
        SetText();
        SetLegend();
    }

    internal byte[] Png() => plot.GetImageBytes(width, height, ImageFormat.Png);

    internal string Svg() => plot.GetSvgXml(width, height);

    int TicksUpwards => (int)(height / scale / 45);

    /// <inheritdoc/>
    public void Dispose() => plot.Dispose();

    static Color Of(Colour colour) => new(colour.Red, colour.Green, colour.Blue);

    void Draw(Curve curve)
    {
        if (curve.Dots.Count == 0) return;
        var scatter = plot.Add.Scatter(curve.Dots.Select(dot => dot.Horizontal).ToArray(), curve.Dots.Select(dot => dot.Vertical).ToArray(),
            Of(curve.Colour));
        scatter.LegendText = curve.Label ?? "";
        scatter.LineWidth = curve.Line == Pictures.LinePattern.None ? 0 : curve.Marker == Pictures.MarkerShape.None ? 1.6f : 1.2f;
        scatter.LinePattern = curve.Line switch
        {
            Pictures.LinePattern.Dashed => ScottPlot.LinePattern.Dashed,
            Pictures.LinePattern.Dotted => ScottPlot.LinePattern.Dotted,
            Pictures.LinePattern.DashDotted => new([7, 3, 2, 3], 0, "DashDotted"),
            _ => ScottPlot.LinePattern.Solid,
        };
        var size = curve.Line == Pictures.LinePattern.None ? 7 : 6;
        scatter.MarkerStyle = curve.Marker switch
        {
            Pictures.MarkerShape.None when curve.Dots.Count > 1 => MarkerStyle.None,
            Pictures.MarkerShape.Star => Star(size + 2, Of(curve.Colour)),
            Pictures.MarkerShape.Square => Marker(MarkerShape.FilledSquare, size, Of(curve.Colour)),
            Pictures.MarkerShape.Triangle => Marker(MarkerShape.FilledTriangleUp, size + 1, Of(curve.Colour)),
            Pictures.MarkerShape.Diamond => Marker(MarkerShape.FilledDiamond, size + 1, Of(curve.Colour)),
            _ => Marker(MarkerShape.FilledCircle, size, Of(curve.Colour)),
        };
    }

    void Draw(IGrouping<MarkKind, Mark> marks)
    {
        var points = plot.Add.Markers(marks.Select(mark => new Coordinates(mark.At.Horizontal, mark.At.Vertical)).ToArray());
        points.LegendText = marks.Key == MarkKind.Start ? "start" : "solution";
        points.MarkerStyle = marks.Key switch
        {
            MarkKind.Start => Marker(MarkerShape.OpenCircle, MarkSize + 3, Colors.Black),
            MarkKind.SolutionInY => Star(MarkSize + 2, Colors.Black),
            _ => Marker(MarkerShape.Eks, MarkSize, Colors.Black),
        };
    }

    static MarkerStyle Marker(MarkerShape shape, float size, Color colour) => new(shape, size, colour)
    {
        LineColor = colour,
        LineWidth = 1.3f,
        OutlineWidth = shape == MarkerShape.OpenCircle ? 1.3f : 0,
        OutlineColor = colour,
    };

    static MarkerStyle Star(float size, Color colour) => new(MarkerShape.FilledCircle, size, colour) { CustomRenderer = new StarMarker() };

    void DrawContours()
    {
        var levels = picture.Contours.Count;
        for (var i = 0; i < levels; i++)
        {
            // darker towards the minimum, and light enough to stay behind the points
            var colour = Colour.Of(0x8C9BB0).Towards(Colour.Of(0xDDE3EA), levels > 1 ? (double)i / (levels - 1) : 0);
            plot.Add.Plottable(new LineSegments(picture.Contours[i].Segments, new(1, Of(colour))));
        }
    }

    void Draw(HeatMap map)
    {
        var (rows, columns) = (map.Values.GetLength(0), map.Values.GetLength(1));
        var values = new double[rows, columns]; // ScottPlot has the first row on top
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) values[rows - 1 - row, column] = map.Values[row, column];
        }

        var heatmap = plot.Add.Heatmap(values);
        heatmap.Colormap = new Viridis();
        heatmap.Position = new CoordinateRect(picture.Frame.Left, picture.Frame.Right, picture.Frame.Bottom, picture.Frame.Top);
        var bar = plot.Add.ColorBar(heatmap);
        bar.Label = "x_i";
        bar.LabelStyle.FontSize = TextSize;
        bar.LabelStyle.FontName = EmbeddedFont.For(bar.Label);
        bar.LabelStyle.ForeColor = Ink;
        var (lowest, highest) = (values.Cast<double>().Min(), values.Cast<double>().Max());
        bar.Axis.TickGenerator = Ticks.Linear(whole: false, TicksUpwards, lowest, highest > lowest ? highest : lowest + 1);
        bar.Axis.TickLabelStyle.FontName = EmbeddedFont.For("");
        bar.Axis.TickLabelStyle.ForeColor = Ink;
    }

    void SetAxes()
    {
        var frame = picture.Frame;
        plot.Axes.SetLimits(frame.Left, frame.Right, frame.Bottom, frame.Top);
        var ticksAcross = (int)(width / scale / 60);
        plot.Axes.Bottom.TickGenerator = picture.IsLogarithmicAcross
            ? Ticks.Logarithmic(frame.Left, frame.Right, int.Max(3, ticksAcross))
            : Ticks.Linear(picture.CountsHorizontally, ticksAcross, frame.Left, frame.Right);
        plot.Axes.Left.TickGenerator = picture.IsLogarithmic
            ? Ticks.Logarithmic(frame.Bottom, frame.Top, int.Max(3, TicksUpwards))
            : Ticks.Linear(picture.CountsVertically, TicksUpwards, frame.Bottom, frame.Top);
        plot.Grid.MajorLineColor = Color.FromHex("#E9E9E9");
        plot.Grid.IsVisible = picture.HeatMap is null && picture.Contours.Count == 0;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Color = Ink;
            axis.FrameLineStyle.Width = 1;
            axis.MajorTickStyle.Color = axis.MinorTickStyle.Color = Ink;
            axis.MajorTickStyle.Width = 1;
            axis.MinorTickStyle.Width = 0.6f;
            axis.TickLabelStyle.ForeColor = Ink;
        }
    }

    void SetText()
    {
        plot.Axes.Title.Label.Text = picture.Title;
        plot.Axes.Title.IsVisible = picture.Title.Length > 0;
        plot.Axes.Bottom.Label.Text = picture.HorizontalLabel;
        plot.Axes.Left.Label.Text = picture.VerticalLabel;
        foreach (var label in new[] { plot.Axes.Title.Label, plot.Axes.Bottom.Label, plot.Axes.Left.Label })
        {
            label.FontName = EmbeddedFont.For(label.Text);
            label.FontSize = label == plot.Axes.Title.Label ? TitleSize : TextSize + 1;
            label.Bold = false;
            label.ForeColor = Ink;
        }

        using var paint = Paint.NewDisposablePaint();
        var (wanted, room) = (plot.Axes.Title.Label.Measure(picture.Title, paint).Width, (float)(0.9 * width / scale));
        if (wanted > room) plot.Axes.Title.Label.FontSize = float.Max(SmallestTitleSize, TitleSize * room / wanted);

        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontName = EmbeddedFont.For("⁻⁰");
            axis.TickLabelStyle.FontSize = TextSize - 1;
        }
    }

    void SetLegend()
    {
        var items = plot.GetPlottables().SelectMany(each => each.LegendItems).Where(item => item.LabelText.Length > 0).ToList();
        if (items.Count == 0) return;
        var legend = plot.Legend;
        legend.ManualItems.AddRange(items);
        legend.DisplayPlottableLegendItems = false;
        legend.FontName = EmbeddedFont.For(string.Concat(items.Select(item => item.LabelText)));
        legend.FontSize = TextSize - 1;
        legend.FontColor = Ink;
        legend.SymbolWidth = 26;
        legend.BackgroundColor = Colors.White.WithAlpha(0.85);
        legend.OutlineColor = Color.FromHex("#CCCCCC");
        legend.ShadowColor = Colors.Transparent;
        legend.Margin = new(6);
        foreach (var item in items) item.LabelStyle.OffsetY = TextDrop;

        using var paint = Paint.NewDisposablePaint();
        var size = legend.GetLayout(new(width / (float)scale, height / (float)scale), paint).LegendRect.Size;
        // axes and title take about so much of the picture
        var (inner, innerHeight) = (width / scale - 75, height / scale - 85);
        var (place, isEmpty) = LegendPlace.Find(picture, (size.Width + 14) / inner, (size.Height + 14) / innerHeight);
        if (isEmpty || width / scale < 3.5 * size.Width) plot.ShowLegend(place);
        else plot.ShowLegend(Edge.Right);
    }

    /// <summary>The colours of the core for ScottPlot.</summary>
    sealed class Viridis : IColormap
    {
        public string Name => nameof(Viridis);

        public Color GetColor(double position) => Of(ColourScale.At(position));
    }
}
