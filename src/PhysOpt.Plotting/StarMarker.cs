using ScottPlot;
using SkiaSharp;

namespace PhysOpt.Plotting;

/// <summary>A filled star with five points.</summary>
internal sealed class StarMarker : IMarker
{
    /// <summary>The inner radius of a regular pentagram whose outer radius is 1.</summary>
    const double Inner = 0.381966;

    /// <inheritdoc/>
    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        using var path = new SKPath();
        for (var i = 0; i < 10; i++)
        {
            var radius = 0.62 * size * (i % 2 == 0 ? 1 : Inner);
            var (sine, cosine) = double.SinCos(i * double.Pi / 5);
            var (x, y) = ((float)(center.X + radius * sine), (float)(center.Y - radius * cosine));
            if (i == 0) path.MoveTo(x, y);
            else path.LineTo(x, y);
        }

        path.Close();
        Drawing.FillPath(canvas, paint, path, markerStyle.FillStyle);
    }
}
