using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>The components that a picture is to show, by number or by name.</summary>
internal static class PictureComponents
{
    /// <summary>The indices of components of x, or of y.</summary>
    /// <param name="wanted">Numbers, counted from 0, names of variables, or columns such as X0.</param>
    /// <param name="record">The record that knows the names.</param>
    /// <param name="ofY">True for components of y.</param>
    /// <exception cref="ProblemException">There is no component of that name.</exception>
    internal static int[] Of(IEnumerable<string> wanted, IterationRecord record, bool ofY) =>
        [.. wanted.Select(component => IndexOf(component, record, ofY))];

    static int IndexOf(string component, IterationRecord record, bool ofY)
    {
        if (int.TryParse(component, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) return index;
        var variables = ofY ? null : record.Variables;
        if (variables?.IndexOf(component) is >= 0 and var named) return named;
        if (ComponentColumns.Find(record, component) is var (_, place) && place.OfY == ofY) return place.Index;
        var (letter, count) = ofY ? ("y", record.Y?.Count ?? 0) : ("x", record.X.Count);
        var nearest = variables is null ? null : NearestName.Of(component, variables);
        throw new ProblemException(
            "ComponentUnknown",
            $"There is no component '{component}': "
                + (variables is null ? $"{letter} has {Plural.Of(count, "component")} without names."
                    : $"{(variables.Count == 1 ? "the variable is" : "the variables are")} {variables}.")
                + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            nearest is not null ? $"Write '{nearest}'."
                : variables is not null ? $"Write one of these names, or a number from 0 to {count - 1}."
                : count > 0 ? $"Write a number from 0 to {count - 1}." : "Use -Space X or Loss.");
    }
}
