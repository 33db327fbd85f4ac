using System.Reflection;
using NetArchTest.Rules;
using PhysOpt.Tracing;

namespace PhysOpt.Tests.Tracing;

/// <summary>
/// The rooms of Tracing and the arrows between them: from numbers that remember, stage by stage, to machine code. Above all of them is the
/// door.
/// </summary>
public class TracingRoomsTests
{
    const string Root = "PhysOpt.Tracing";

    static readonly Assembly Core = typeof(Vector).Assembly;

    /// <summary>
    /// From the bottom up: each may use those before it. Public types keep the names that scripts know and are named here.
    /// </summary>
    internal static readonly (string Name, Type[] PublicTypes)[] Rooms =
    [
        ("Operations", []),
        ("Numbers", [typeof(TracedNumber), typeof(TracedNumberOperators), typeof(TracingException), typeof(Field), typeof(Math)]),
        ("Recording", []),
        ("Derivatives", []),
        ("Rolling", []),
        ("Running", []),
        ("Compiling", []),
    ];

    /// <summary>What stands at the door: it may use every room, and no room may use it.</summary>
    internal static readonly Type[] Door = [typeof(TracedFunction), typeof(TracedBranch), typeof(CompressedDerivative),
        typeof(IRecordedMap), typeof(FunctionTrace), typeof(RoundingBound)];

    public static TheoryData<string> RoomNames() => [.. Rooms.Select(room => room.Name)];

    static string[] Contents(int room) => [$"{Root}.{Rooms[room].Name}", .. Rooms[room].PublicTypes.Select(type => type.FullName!)];

    static PredicateList TypesOf(int room)
    {
        var types = Types.InAssembly(Core).That().ResideInNamespaceMatching($"^{Root}.{Rooms[room].Name}$");
        foreach (var type in Rooms[room].PublicTypes)
            types = types.Or().HaveNameMatching($"^{type.Name}$").And().ResideInNamespaceMatching($"^{type.Namespace}$");
        Assert.NotEmpty(types.GetTypes());
        return types;
    }

    static bool IsInRoom(Type type, int room) => type.Namespace == $"{Root}.{Rooms[room].Name}" || Rooms[room].PublicTypes.Contains(type);

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_uses_only_the_rooms_below_it(string name)
    {
        var room = Array.FindIndex(Rooms, each => each.Name == name);
        string[] above = [.. Enumerable.Range(room + 1, Rooms.Length - room - 1).SelectMany(Contents),
            .. Door.Select(type => type.FullName!)];
        var result = TypesOf(room).ShouldNot().HaveDependencyOnAny(above).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void The_arrows_that_exist_are_seen()
    {
        // the same rule turned round: that it fails for each room shows that it looks
        for (var room = 1; room < Rooms.Length; room++)
        {
            var below = Enumerable.Range(0, room).SelectMany(Contents).ToArray();
            Assert.False(TypesOf(room).ShouldNot().HaveDependencyOnAny(below).GetResult().IsSuccessful, Rooms[room].Name);
        }

        var door = Types.InAssembly(Core).That().HaveNameMatching($"^{nameof(TracedBranch)}$").ShouldNot();
        Assert.False(door.HaveDependencyOnAny($"{Root}.Compiling").GetResult().IsSuccessful);
    }

    [Fact]
    public void Every_type_of_tracing_is_in_one_room_or_at_the_door()
    {
        var types = Core.GetTypes()
            .Where(type => !type.IsNested
            && (type.Namespace == Root || type.Namespace?.StartsWith(Root + ".", StringComparison.Ordinal) == true)).ToList();
        Assert.DoesNotContain(types, type =>
            Enumerable.Range(0, Rooms.Length).Count(room => IsInRoom(type, room)) + (Door.Contains(type) ? 1 : 0) != 1);
        Assert.All(Enumerable.Range(0, Rooms.Length), room => Assert.Contains(types, type => IsInRoom(type, room)));
    }
}
