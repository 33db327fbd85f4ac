namespace PhysOpt.Pictures.Terminal;

/// <summary>Lines of characters to draw on. Points are counted from the upper left; what lies beyond the edges is not drawn.</summary>
internal interface ICanvas
{
    /// <summary>The points across.</summary>
    int Width { get; }

    /// <summary>The points down.</summary>
    int Height { get; }

    /// <summary>The lines of text.</summary>
    int Rows { get; }

    /// <summary>Draws a point of a curve.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From above.</param>
    /// <param name="curve">Which curve.</param>
    /// <param name="isMarked">True for a point that is to be seen on its curve.</param>
    void Point(int x, int y, int curve, bool isMarked);

    /// <summary>Joins two points of a curve.</summary>
    void Line(int x, int y, int toX, int toY, int curve);

    /// <summary>Draws a mark over everything.</summary>
    void Mark(int x, int y, MarkKind kind);

    /// <summary>The characters of a line of text, each with the curve that it belongs to; -1 for none.</summary>
    IEnumerable<(char Character, int Curve)> Row(int row);

    /// <summary>What stands for a curve in the legend.</summary>
    string Symbol(int curve);

    /// <summary>What stands for a mark.</summary>
    char Symbol(MarkKind kind);
}

/// <summary>The points of a straight line on a grid.</summary>
internal static class Raster
{
    /// <summary>From one point to another, both included (J. Bresenham, IBM Systems Journal 4, 1965).</summary>
    internal static IEnumerable<(int X, int Y)> Line(int x, int y, int toX, int toY)
    {
        var (width, height) = (int.Abs(toX - x), int.Abs(toY - y));
        var (stepX, stepY) = (int.Sign(toX - x), int.Sign(toY - y));
        var error = width - height;
        while (true)
        {
            yield return (x, y);
            if (x == toX && y == toY) yield break;
            var twice = 2 * error;
            if (twice > -height)
            {
                error -= height;
                x += stepX;
            }

            if (twice < width)
            {
                error += width;
                y += stepY;
            }
        }
    }
}
