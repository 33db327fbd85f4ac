using PhysOpt.Pictures;
using ScottPlot;

namespace PhysOpt.Plotting;

/// <summary>Finds the place in which a legend hides nothing.</summary>
internal static class LegendPlace
{
    /// <summary>The places, best first, with the part of the free width and height that lies left of and below each.</summary>
    static readonly (Alignment Place, double Left, double Below)[] Places =
    [
        (Alignment.UpperRight, 1, 1), (Alignment.UpperLeft, 0, 1), (Alignment.LowerRight, 1, 0), (Alignment.LowerLeft, 0, 0),
        (Alignment.UpperCenter, 0.5, 1), (Alignment.LowerCenter, 0.5, 0), (Alignment.MiddleRight, 1, 0.5), (Alignment.MiddleLeft, 0, 0.5),
    ];

    /// <summary>The place with least in it, and whether that is nothing.</summary>
    /// <param name="picture">What is drawn.</param>
    /// <param name="width">The legend's width, as a part of the frame's.</param>
    /// <param name="height">Its height, as a part of the frame's.</param>
    internal static (Alignment Place, bool IsEmpty) Find(Picture picture, double width, double height)
    {
        var hidden = new int[Places.Length];
        foreach (var dot in picture.Curves.SelectMany(Along).Concat(picture.Marks.Select(mark => mark.At)))
        {
            var (x, y) = ((dot.Horizontal - picture.Frame.Left) / picture.Frame.Width,
                (dot.Vertical - picture.Frame.Bottom) / picture.Frame.Height);
            for (var i = 0; i < hidden.Length; i++)
            {
                var (left, bottom) = (Places[i].Left * (1 - width), Places[i].Below * (1 - height));
                if (x >= left && x <= left + width && y >= bottom && y <= bottom + height) hidden[i]++;
            }
        }

        var best = Array.IndexOf(hidden, hidden.Min());
        return (Places[best].Place, hidden[best] == 0);
    }

    /// <summary>The points of a curve, and those of the lines between them.</summary>
    static IEnumerable<Dot> Along(Curve curve)
    {
        const int parts = 8;
        for (var i = 0; i < curve.Dots.Count; i++)
        {
            yield return curve.Dots[i];
            if (curve.Line == Pictures.LinePattern.None || i + 1 == curve.Dots.Count) continue;
            var (from, to) = (curve.Dots[i], curve.Dots[i + 1]);
            for (var part = 1; part < parts; part++)
            {
                var share = (double)part / parts;
                yield return new(from.Horizontal + share * (to.Horizontal - from.Horizontal),
                    from.Vertical + share * (to.Vertical - from.Vertical));
            }
        }
    }
}
