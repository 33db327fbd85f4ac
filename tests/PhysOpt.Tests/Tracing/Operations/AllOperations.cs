using System.Reflection;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tests.Tracing;

/// <summary>Every operation that there is, found without a list: one that is added is tested.</summary>
internal static class AllOperations
{
    /// <summary>Those that are computed from operands, lists included.</summary>
    internal static readonly Operation[] All =
    [
        .. typeof(Operation).GetProperties(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(property => property.PropertyType == typeof(Operation)).Select(property => (Operation)property.GetValue(null)!)
                .OrderBy(operation => operation.Name, StringComparer.Ordinal),
    ];

    /// <summary>Those that make a number of one or two.</summary>
    internal static readonly Operation[] Computed = [.. All.Where(operation => operation is { IsList: false, ReadsList: false })];

    internal static TheoryData<string> Names() => [.. Computed.Select(operation => operation.Name)];

    internal static Operation Named(string name) => Computed.Single(operation => operation.Name == name);
}
