//! Work that takes memory and a core: one piece of it at a time, beside the runtime.

use std::sync::Arc;

use tokio::{
    sync::Semaphore,
    task::{JoinError, spawn_blocking},
};

/// Lets one piece of work begin when the one before has ended.
#[derive(Clone)]
pub(crate) struct OneAtATime(Arc<Semaphore>);

impl Default for OneAtATime {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl OneAtATime {
    /// INVARIANT: the place is held by the work and not by whoever waits for it. A request that is given
    /// up does not stop a decoder, and the next one must not begin beside it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let place = Arc::clone(&self.0).acquire_owned().await;
        let held = move || {
            let done = work();
            drop(place);
            done
        };
        spawn_blocking(held).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_still_has_its_place() {
        let decoding = OneAtATime::default();
        let (begun, begins) = mpsc::channel();
        let (end, ends) = mpsc::channel::<()>();
        let given_up = tokio::spawn({
            let decoding = decoding.clone();
            async move {
                let work = move || {
                    begun.send(()).unwrap();
                    ends.recv().unwrap();
                };
                decoding.run(work).await
            }
        });
        spawn_blocking(move || begins.recv())
            .await
            .unwrap()
            .unwrap();
        given_up.abort();
        assert!(given_up.await.unwrap_err().is_cancelled());
        assert_eq!(decoding.0.available_permits(), 0, "the work goes on");

        end.send(()).unwrap();
        assert_eq!(decoding.run(|| 7).await.unwrap(), 7);
        // Nor is it lost when the work ends badly.
        assert!(decoding.run(|| panic!("a decoder")).await.is_err());
        assert_eq!(decoding.run(|| 8).await.unwrap(), 8);
    }
}
