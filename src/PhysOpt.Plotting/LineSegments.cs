using PhysOpt.Pictures;
using ScottPlot;
using SkiaSharp;

namespace PhysOpt.Plotting;

/// <summary>Many line segments as one path.</summary>
internal sealed class LineSegments(IReadOnlyList<(Dot From, Dot To)> segments, LineStyle style) : IPlottable
{
    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = ScottPlot.Axes.Default;

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => LegendItem.None;

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        foreach (var (from, to) in segments)
        {
            var (a, b) = (Place(from), Place(to));
            path.MoveTo(a.X, a.Y);
            path.LineTo(b.X, b.Y);
        }

        Drawing.DrawPath(rp.Canvas, rp.Paint, path, style);
    }

    Pixel Place(Dot dot) => Axes.GetPixel(new(dot.Horizontal, dot.Vertical));
}
