using PhysOpt.Pictures;

namespace PhysOpt.Plotting;

/// <summary>Pictures as the contents of files.</summary>
internal static class PictureFile
{
    /// <summary>The smallest and the largest width and height in pixels: below there is no room for axes.</summary>
    internal const int MinimumSize = 200, MaximumSize = 10_000;

    /// <summary>A picture as PNG.</summary>
    internal static byte[] Png(Picture picture, int width, int height)
    {
        using var drawing = new PictureDrawing(picture, width, height);
        return drawing.Png();
    }

    /// <summary>A picture as SVG in UTF-8, its text as text.</summary>
    internal static byte[] Svg(Picture picture, int width, int height)
    {
        using var drawing = new PictureDrawing(picture, width, height);
        return SvgText.Tidied(drawing.Svg(), picture.Title);
    }
}
