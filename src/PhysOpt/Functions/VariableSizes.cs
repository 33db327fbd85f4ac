namespace PhysOpt.Functions;

/// <summary>How large the variables of a point are: what a small part of each is, in any unit.</summary>
internal static class VariableSizes
{
    /// <summary>A number so small is meant for 0.</summary>
    internal const double Zero = 1e-100;

    /// <summary>
    /// The size of each variable: of its value, or of the way it has come if that is more. Where both are 0 that of the largest variable;
    /// 1 where nothing tells.
    /// </summary>
    /// <param name="x">The point.</param>
    /// <param name="start">Where x came from; null where nothing is known.</param>
    internal static Vector Of(Vector x, Vector? start)
    {
        var sizes = new double[x.Count];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = double.Max(double.Abs(x[i]), start is null ? 0 : double.Abs(x[i] - start[i]));
        var largest = sizes.Length == 0 ? 0 : sizes.Max();
        if (!IsSize(largest)) largest = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (!IsSize(sizes[i])) sizes[i] = largest;
        }

        return Vector.Wrap(sizes);
    }

    static bool IsSize(double size) => size > Zero && double.IsFinite(size);
}
