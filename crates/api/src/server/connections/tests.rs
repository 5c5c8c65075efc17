//! Places against a naive model.

use proptest::prelude::*;

use super::*;

fn address(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}

fn connections(total: usize, per_address: usize, reserve: usize) -> Arc<Connections> {
    Connections::new(ConnectionLimits { total, per_address, reserve, ..ConnectionLimits::default() })
}

#[test]
fn slow_heads_push_out_one_another_and_not_who_is_answered() {
    let connections = connections(4, 4, 1);
    let (busy, _kept) = connections.admit(address(1)).unwrap();
    busy.request_begins();
    let mut slow = Vec::new();
    for _ in 0..20 {
        let (activity, ticket) = connections.admit(address(2)).unwrap();
        activity.received();
        slow.push((activity, ticket));
    }
    assert!(!busy.close.is_cancelled());
    assert_eq!(slow.iter().filter(|(activity, _)| !activity.close.is_cancelled()).count(), 3);
    let (quick, _ticket) = connections.admit(address(1)).unwrap();
    assert!(!quick.is_reserve && !quick.close.is_cancelled());
}

#[test]
fn one_address_has_its_share_and_a_proxy_all() {
    let limits = ConnectionLimits {
        total: 10,
        per_address: 2,
        reserve: 1,
        proxies: vec!["192.0.2.9".parse().unwrap()],
        ..ConnectionLimits::default()
    };
    let connections = Connections::new(limits);
    let busy = |last| {
        let (activity, ticket) = connections.admit(address(last)).unwrap();
        activity.request_begins();
        (activity, ticket)
    };
    let _own = [busy(1), busy(1)];
    assert!(busy(1).0.is_reserve, "the third of one address");
    let _proxied = [busy(9), busy(9), busy(9)];
    assert!(_proxied.iter().all(|(activity, _)| !activity.is_reserve));
}

proptest! {
    /// Against a naive model: counts always agree, and never exceed the limits.
    #[test]
    fn places_are_counted_right_whatever_comes_and_goes(
        steps in prop::collection::vec((0_u8..4, 0_u8..4, any::<prop::sample::Index>()), 1..200),
    ) {
        let connections = connections(6, 3, 2);
        let mut held: Vec<(Arc<Activity>, Ticket)> = Vec::new();
        for (step, last, index) in steps {
            match step {
                0 | 1 => held.extend(connections.admit(address(last))),
                2 if !held.is_empty() => drop(held.swap_remove(index.index(held.len()))),
                _ if !held.is_empty() => held[index.index(held.len())].0.request_begins(),
                _ => {}
            }
            let alive = |ordinary: bool| {
                held.iter().filter(|(a, _)| a.is_reserve != ordinary && !a.close.is_cancelled()).count()
            };
            let open = connections.lock();
            prop_assert_eq!(open.ordinary.len(), alive(true));
            prop_assert_eq!(open.reserve, held.iter().filter(|(a, _)| a.is_reserve).count());
            prop_assert!(open.ordinary.len() <= 6 && open.reserve <= 2);
            prop_assert!(open.by_address.values().all(|count| (1..=3).contains(count)));
            prop_assert_eq!(open.by_address.values().sum::<usize>(), open.ordinary.len());
        }
    }
}
